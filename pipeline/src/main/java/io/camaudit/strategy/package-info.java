/**
 * The ways in which a class's images are recognised: groups of them for which the same channels of
 * the network speak. Start from {@link io.camaudit.strategy.StrategyFinder} (a run's files in, a
 * run's files out) and {@link io.camaudit.strategy.ClassStrategist} (one class). Definitions for
 * readers: {@code docs/strategies.md}.
 */
package io.camaudit.strategy;
