package dragonfab.report;

/** How much a person wants to read. */
public enum Verbosity { QUIET, NORMAL, VERBOSE }
