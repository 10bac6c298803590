"""Reads ONNX files of image classifiers as the frozen forward pass that the Keras side makes too.

`reading` checks the file, `inference` finds every value's shape and what is constant, `layers`
finds the layers by the names of PyTorch's modules, `building` runs the nodes through the table in
`operations`, and `checking` compares the exported model with what PyTorch had computed. Start with
`export.export_onnx`.
"""
