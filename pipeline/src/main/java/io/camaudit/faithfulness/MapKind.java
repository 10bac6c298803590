package io.camaudit.faithfulness;

/** Which maps are measured: those of one method at one layer. */
record MapKind(String method, String layer) {}
