/**
 * One deploy on all targets as one transaction: batches, canary, tolerance of failures, and the database. They keep
 * the release together or go back together, unless the environment wants it otherwise.
 */
package dragonfab.deploy;
