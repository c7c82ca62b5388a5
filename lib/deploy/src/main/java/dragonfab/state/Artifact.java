package dragonfab.state;

/** One file of a release, known by its bytes. @param sha256 what else may have the name has another */
public record Artifact(String name, String sha256) {
    private static final int SHORT = 16;

    /** The name that it is kept under: another of the same name lies beside it, and neither takes the other's place. */
    public String kept() {
        int end = name.lastIndexOf('.');
        int at = end < 0 ? name.length() : end;
        return name.substring(0, at) + "." + sha256.substring(0, Math.min(SHORT, sha256.length()))
                + name.substring(at);
    }
}
