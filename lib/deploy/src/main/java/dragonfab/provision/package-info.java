/** Prepares what an environment needs before its first deploy; the command is {@code init}. */
package dragonfab.provision;
