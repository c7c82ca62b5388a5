package dragonfab.config;

/**
 * What becomes of the other targets when some fail: all go back, the deploy stops where it is, or it goes on without
 * those that failed.
 */
public enum FailureMode { ROLLBACK_ALL, STOP, CONTINUE }
