"""Makes the shipped model: data, training, calibration, measures. Never part of the package."""
