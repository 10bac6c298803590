/**
 * The command line: one class a command, options shared between commands, configuration files, exit
 * codes.
 */
package io.camaudit.cli;
