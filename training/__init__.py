"""What made the weights: public corpora in, one ONNX model with its card out. Not part of the wheel."""
