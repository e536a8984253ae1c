package dev.cockpitcoder.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The functions of glibc 2.34 or later that {@link Spawner} uses; linking fails where they are not. Those of posix_spawn(3) give
 * an error number, 0 for none; after a failure of the others {@link Native#getLastError()} says it.
 */
final class Libc {
    static final int POSIX_SPAWN_SETSIGDEF = 0x04;
    static final int POSIX_SPAWN_SETSIGMASK = 0x08;
    static final int ENOEXEC = 8;
    static final int O_CLOEXEC = 0x80000;
    static final int P_PID = 1;
    static final int WEXITED = 0x4;
    static final int WNOWAIT = 0x0100_0000;

    /** More than any of its structures has on 64-bit Linux: the largest is {@code posix_spawnattr_t} with 336. */
    private static final int STRUCTURE_BYTES = 512;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    /** Memory for one structure, zeroed. */
    static Memory structure() {
        Memory memory = new Memory(STRUCTURE_BYTES);
        memory.clear();
        return memory;
    }

    static native int posix_spawn_file_actions_init(Pointer actions);

    static native int posix_spawn_file_actions_destroy(Pointer actions);

    static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    static native int posix_spawn_file_actions_addopen(Pointer actions, int to, byte[] path, int flags, int mode);

    static native int posix_spawn_file_actions_addchdir_np(Pointer actions, byte[] path);

    static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    static native int posix_spawnp(
            int[] pid, byte[] file, Pointer actions, Pointer attributes, Pointer argv, Pointer environment);

    static native int sigemptyset(Pointer signals);

    static native int sigfillset(Pointer signals);

    static native int pipe2(int[] ends, int flags);

    static native int close(int descriptor);

    static native int waitid(int idType, int id, Pointer information, int options);

    static native int waitpid(int pid, int[] status, int options);

    static native String strerror(int error);
}
