package dev.cockpitcoder.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.InvalidSetting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyFileTest {
    private static final Optional<String> SECRET = Optional.of("correct horse battery staple, and some more");

    @TempDir
    Path home;

    private DataDirectory data;

    @BeforeEach
    void open() {
        data = new DataDirectory(home);
    }

    @Test
    void theKeysOutliveTheServerAndAreNotReadableOnDisk() throws IOException {
        KeyRing made = new KeyFile(data, SECRET).load();

        assertThat(new KeyFile(data, SECRET).load()).isEqualTo(made);
        assertThat(Files.readString(home.resolve("keys.jwe")))
                .doesNotContain("kty")
                .startsWith("ey");
        assertThat(Files.getPosixFilePermissions(home.resolve("keys.jwe"))).hasSize(2);
    }

    @Test
    void withoutASecretOneIsMadeAndKept() throws IOException {
        KeyRing made = new KeyFile(data, Optional.empty()).load();

        assertThat(new KeyFile(data, Optional.empty()).load()).isEqualTo(made);
        assertThat(Files.readString(home.resolve("jwt-secret"))).hasSizeGreaterThan(50);
        assertThat(Files.getPosixFilePermissions(home.resolve("jwt-secret"))).hasSize(2);
    }

    @Test
    void aSecretThatIsConfiguredLaterTakesOver() throws IOException {
        KeyRing made = new KeyFile(data, Optional.empty()).load();

        assertThat(new KeyFile(data, SECRET).load()).isEqualTo(made);
        Files.delete(home.resolve("jwt-secret"));
        assertThat(new KeyFile(data, SECRET).load()).isEqualTo(made);
    }

    @Test
    void anotherSecretFailsTheStartAndLosesNothing() {
        KeyRing made = new KeyFile(data, SECRET).load();

        assertThatThrownBy(() -> new KeyFile(data, Optional.of("another secret of more than 32 bytes....")).load())
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("JWT_SECRET");
        assertThat(new KeyFile(data, SECRET).load()).isEqualTo(made);
    }
}
