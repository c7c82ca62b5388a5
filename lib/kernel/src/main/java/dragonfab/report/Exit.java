package dragonfab.report;

/** What a script's exit status means; the numbers are a contract and never vary. */
public enum Exit {
    DONE(0), FAILED(1), USAGE(2), REFUSED(3), NEEDS_ATTENTION(4), BUG(70), INTERRUPTED(130);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
