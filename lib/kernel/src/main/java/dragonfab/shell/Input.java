package dragonfab.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a command reads: nothing, words (the way for secrets), a file, or what another command says.
 *
 * <p>What is {@link #isRepeatable} can be opened again for a second try.
 */
public sealed interface Input {
    Input NOTHING = new Words(List.of());

    InputStream open() throws IOException;

    /** Bytes to come. */
    long size() throws IOException;

    default boolean isRepeatable() {
        return true;
    }

    /** This, and then more. */
    default Input then(Input more) {
        if (this instanceof Words ours && more instanceof Words theirs) {
            var all = new java.util.ArrayList<>(ours.words());
            all.addAll(theirs.words());
            return all.isEmpty() ? NOTHING : new Words(all);
        }
        return equals(NOTHING) ? more : more.equals(NOTHING) ? this : new Both(this, more);
    }

    static Input of(Object... words) {
        return new Words(java.util.Arrays.stream(words).map(Word::of).toList());
    }

    static Input file(Path file) {
        return new File(file);
    }

    /** Words one after the other, with nothing between them. */
    record Words(List<Word> words) implements Input {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes());
        }

        @Override
        public long size() {
            return bytes().length;
        }

        /** All of it, for standard input or a private file; never for an argument. */
        public String text() {
            var text = new StringBuilder();
            for (Word word : words) {
                text.append(word instanceof Secret secret ? secret.reveal() : ((Plain) word).value());
            }
            return text.toString();
        }

        private byte[] bytes() {
            return text().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A local file, read when the command runs. */
    record File(Path path) implements Input {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }

        @Override
        public long size() throws IOException {
            return Files.size(path);
        }
    }

    /** What comes from elsewhere while the command runs; read once, and of unknown size. */
    record Stream(InputStream stream) implements Input {
        @Override
        public InputStream open() {
            return stream;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public long size() {
            return 0;
        }
    }

    /** One after the other. */
    record Both(Input first, Input second) implements Input {
        @Override
        public InputStream open() throws IOException {
            return new java.io.SequenceInputStream(first.open(), second.open());
        }

        @Override
        public boolean isRepeatable() {
            return first.isRepeatable() && second.isRepeatable();
        }

        @Override
        public long size() throws IOException {
            return first.size() + second.size();
        }
    }

    /** Nothing of it is read before something has happened. @param happened waits for it; false when it did not */
    record Held(Input input, java.util.function.BooleanSupplier happened) implements Input {
        @Override
        public InputStream open() throws IOException {
            return new java.io.FilterInputStream(input.open()) {
                private boolean free;

                @Override
                public int read() throws IOException {
                    await();
                    return super.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    await();
                    return super.read(bytes, offset, length);
                }

                private void await() throws IOException {
                    if (!free && !happened.getAsBoolean()) {
                        throw new IOException("nothing may read it yet");
                    }
                    free = true;
                }
            };
        }

        @Override
        public boolean isRepeatable() {
            return input.isRepeatable();
        }

        @Override
        public long size() throws IOException {
            return input.size();
        }
    }

    /** Counts the bytes as they are read: the listener gets how many so far, of how many. */
    record Watched(Input input, java.util.function.BiConsumer<Long, Long> listener) implements Input {
        @Override
        public InputStream open() throws IOException {
            long total = size();
            return new java.io.FilterInputStream(input.open()) {
                private long done;

                @Override
                public int read() throws IOException {
                    int b = super.read();
                    count(b < 0 ? 0 : 1);
                    return b;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int n = super.read(bytes, offset, length);
                    count(n);
                    return n;
                }

                private void count(int n) {
                    if (n > 0) {
                        done += n;
                        listener.accept(done, total);
                    }
                }
            };
        }

        @Override
        public boolean isRepeatable() {
            return input.isRepeatable();
        }

        @Override
        public long size() throws IOException {
            return input.size();
        }
    }
}
