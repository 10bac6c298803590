/** Which images a run works on, in what order, and what their labels are. */
package io.camaudit.input;
