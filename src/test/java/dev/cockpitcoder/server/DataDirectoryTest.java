package dev.cockpitcoder.server;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void itIsMadePrivateWhateverItWas() throws IOException {
        Path open = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        DataDirectory data = new DataDirectory(open);
        data.write("secret", "text");
        data.directory("below");

        assertThat(permissions(open)).isEqualTo("rwx------");
        assertThat(permissions(open.resolve("secret"))).isEqualTo("rw-------");
        assertThat(permissions(open.resolve("below"))).isEqualTo("rwx------");
    }

    @Test
    void onlyOneServerHasIt() throws IOException {
        DataDirectory data = new DataDirectory(temp);
        FileLock lock = data.lock();

        assertThatThrownBy(data::lock).isInstanceOf(InvalidSetting.class).hasMessageContaining("in use");

        lock.channel().close();
        data.lock().channel().close();
    }

    @Test
    void aPathThatCannotBeADirectoryIsRefused() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> new DataDirectory(file))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("COCKPIT_HOME ");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
