package dev.cockpitcoder.process;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Starts programs by posix_spawn(3) of glibc, which closes all of the server's files in the child with one system call. The Java
 * runtime closes them one by one, and an application server has hundreds of jars open: that is a millisecond of every start. The
 * child also gets the default action of every signal, and none blocked, whatever the server was started with.
 *
 * <p>Where the C library cannot do it (glibc before 2.34, musl) the Java runtime starts the program.
 */
public final class Spawner {
    private static final Logger LOG = Logger.getLogger(Spawner.class.getName());
    /** What the runtime turns the names of files and the words of programs into. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final Path OWN_FILES = Path.of("/proc/self/fd");
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int O_RDONLY = 0;
    /** What the Java runtime opens a file to write with: O_WRONLY, O_CREAT and O_TRUNC. */
    private static final int TO_WRITE = 01 | 0100 | 01000;

    private static final int NEW_FILE = 0666;
    /** POSIX has a shell run what is executable and says nothing of how. */
    private static final String SHELL = "/bin/sh";

    private static final Optional<Pointer> ATTRIBUTES = attributes();

    private Spawner() {}

    /**
     * As {@link ProcessBuilder#start()}, which it falls back to.
     *
     * <p>Under {@link Isolation#BUBBLEWRAP} the process dies with the calling thread.
     *
     * @param builder its output and errors each go to a pipe or a file, its input comes from one
     * @throws IOException when the program cannot be started, with its name and why
     */
    public static Process start(ProcessBuilder builder) throws IOException {
        if (ATTRIBUTES.isEmpty() || builder.redirectErrorStream() || !understood(builder)) {
            return builder.start();
        }
        return spawn(builder, builder.command(), ATTRIBUTES.get());
    }

    private static boolean understood(ProcessBuilder builder) {
        return Stream.of(builder.redirectInput(), builder.redirectOutput(), builder.redirectError())
                .map(Redirect::type)
                .allMatch(EnumSet.of(Redirect.Type.PIPE, Redirect.Type.READ, Redirect.Type.WRITE)::contains);
    }

    private static Process spawn(ProcessBuilder builder, List<String> argv, Pointer attributes) throws IOException {
        int[] pid = new int[1];
        int error;
        try (Wiring wiring = new Wiring();
                Words words = new Words(argv);
                Words environment = new Words(variables(builder.environment()))) {
            wiring.connect(builder);
            error = Libc.posix_spawnp(
                    pid, bytes(argv.get(0)), wiring.actions, attributes, words.pointers, environment.pointers);
            if (error == 0) {
                return wiring.process(pid[0]);
            }
        }
        if (error == Libc.ENOEXEC && !argv.get(0).equals(SHELL)) {
            return spawn(builder, Stream.concat(Stream.of(SHELL), argv.stream()).toList(), attributes);
        }
        throw new IOException("Cannot run " + argv.get(0) + " in " + builder.directory() + ": " + Libc.strerror(error));
    }

    private static List<String> variables(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + '=' + variable.getValue())
                .toList();
    }

    /** A name or a word as C has it. */
    private static byte[] bytes(String text) throws IOException {
        if (text.indexOf('\0') >= 0) {
            throw new IOException("A program is given no word with a null character in it");
        }
        return (text + '\0').getBytes(NAMES);
    }

    /** Of every process that is started; empty when this C library has not what is needed. */
    private static Optional<Pointer> attributes() {
        try {
            Memory signals = Libc.structure();
            Memory attributes = Libc.structure();
            check(Libc.posix_spawnattr_init(attributes));
            check(Libc.posix_spawnattr_setflags(
                    attributes, (short) (Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK)));
            Libc.sigfillset(signals);
            check(Libc.posix_spawnattr_setsigdefault(attributes, signals));
            Libc.sigemptyset(signals);
            check(Libc.posix_spawnattr_setsigmask(attributes, signals));
            return Optional.of(attributes);
        } catch (LinkageError | IOException e) {
            LOG.log(Level.CONFIG, "The Java runtime starts programs: this C library cannot close files in a child", e);
            return Optional.empty();
        }
    }

    private static void check(int error) throws IOException {
        if (error != 0) {
            throw new IOException(Libc.strerror(error));
        }
    }

    /** A null-terminated array of strings, as execve(2) takes it. */
    private static final class Words implements Closeable {
        final Memory pointers;
        private final Memory texts;

        Words(List<String> words) throws IOException {
            List<byte[]> encoded = new ArrayList<>(words.size());
            int length = 0;
            for (String word : words) {
                encoded.add(bytes(word));
                length += encoded.get(encoded.size() - 1).length;
            }
            texts = new Memory(Math.max(1, length));
            pointers = new Memory((words.size() + 1L) * Long.BYTES);
            int at = 0;
            for (int i = 0; i < encoded.size(); i++) {
                byte[] word = encoded.get(i);
                texts.write(at, word, 0, word.length);
                pointers.setPointer((long) i * Long.BYTES, texts.share(at));
                at += word.length;
            }
            pointers.setPointer((long) encoded.size() * Long.BYTES, null);
        }

        @Override
        public void close() {
            texts.close();
            pointers.close();
        }
    }

    /** What the child's descriptors become, and what stands for them here. */
    private static final class Wiring implements Closeable {
        final Memory actions = Libc.structure();
        /** Descriptors, closed with this: the child has its own, and the streams theirs. */
        private final List<Integer> open = new ArrayList<>();

        private OutputStream input = OutputStream.nullOutputStream();
        private InputStream output = InputStream.nullInputStream();
        private InputStream errors = InputStream.nullInputStream();
        private boolean handedOver;

        Wiring() throws IOException {
            check(Libc.posix_spawn_file_actions_init(actions));
        }

        void connect(ProcessBuilder builder) throws IOException {
            if (!file(STDIN, builder.redirectInput(), O_RDONLY)) {
                input = new FileOutputStream(pipe(STDIN, 0));
            }
            if (!file(STDOUT, builder.redirectOutput(), TO_WRITE)) {
                output = reading(pipe(STDOUT, 1));
            }
            if (!file(STDERR, builder.redirectError(), TO_WRITE)) {
                errors = reading(pipe(STDERR, 1));
            }
            check(Libc.posix_spawn_file_actions_addclosefrom_np(actions, STDERR + 1));
            if (builder.directory() != null) {
                check(Libc.posix_spawn_file_actions_addchdir_np(
                        actions, bytes(builder.directory().getPath())));
            }
        }

        /** Buffered: the runtime asks a bare file for its length before it reads all of it. */
        private static InputStream reading(File pipe) throws IOException {
            return new BufferedInputStream(new FileInputStream(pipe));
        }

        private boolean file(int descriptor, Redirect redirect, int flags) throws IOException {
            if (redirect.file() == null) {
                return false;
            }
            check(Libc.posix_spawn_file_actions_addopen(
                    actions, descriptor, bytes(redirect.file().getPath()), flags, NEW_FILE));
            return true;
        }

        /**
         * @param theirs 0 for the child to read, 1 to write
         * @return the other end, by a name: the Java runtime has no other way to take a descriptor (proc(5), /proc/pid/fd)
         */
        private File pipe(int descriptor, int theirs) throws IOException {
            int[] ends = new int[2];
            check(Libc.pipe2(ends, Libc.O_CLOEXEC) == 0 ? 0 : Native.getLastError());
            open.add(ends[0]);
            open.add(ends[1]);
            check(Libc.posix_spawn_file_actions_adddup2(actions, ends[theirs], descriptor));
            return OWN_FILES.resolve(Integer.toString(ends[1 - theirs])).toFile();
        }

        Process process(int pid) {
            handedOver = true;
            return new SpawnedProcess(pid, input, output, errors);
        }

        @Override
        public void close() throws IOException {
            open.forEach(Libc::close);
            Libc.posix_spawn_file_actions_destroy(actions);
            actions.close();
            if (!handedOver) {
                input.close();
                output.close();
                errors.close();
            }
        }
    }
}
