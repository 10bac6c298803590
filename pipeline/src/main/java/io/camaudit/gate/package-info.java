/**
 * Rules that stop a release: what a gate file asks for ({@link io.camaudit.gate.GateRules}), how a
 * run's statistics answer ({@link io.camaudit.gate.Gate}), and the answer in the form that CI
 * systems show ({@link io.camaudit.gate.JUnitXml}). No rule passes for want of a number.
 */
package io.camaudit.gate;
