package dragonfab.state;

/** One file of a release, known by its bytes. @param sha256 what else may have the name has another */
public record Artifact(String name, String sha256) {
}
