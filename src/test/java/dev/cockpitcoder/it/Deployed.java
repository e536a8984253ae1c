package dev.cockpitcoder.it;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.cockpitcoder.it.driver.Cockpit;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.workspace.Repo;

/** The built WAR on a managed Payara Micro, tested from outside through HTTP and WebSocket. */
@ExtendWith(ArquillianExtension.class)
abstract class Deployed {
    static final Path DIRECTORY = Path.of(System.getProperty("it.directory"));

    /** A repository on the server's list; its only commit is {@code first}. */
    static final Repo REPO = repo();

    final Cockpit cockpit = new Cockpit("http://127.0.0.1:" + System.getProperty("it.port"), DIRECTORY.resolve("home"));

    @Deployment(testable = false)
    static WebArchive war() {
        Eventually.holds(
                () -> "the server of the tests before has ended", Duration.ofSeconds(60), Deployed::portIsFree);
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("it.war")));
    }

    private static boolean portIsFree() {
        try (ServerSocket any = new ServerSocket(
                Integer.parseInt(System.getProperty("it.port")), 1, InetAddress.getLoopbackAddress())) {
            return any.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Made when the class is loaded, which is before the server starts and reads its list. */
    private static Repo repo() {
        Path path = DIRECTORY.resolve("repos/app");
        Repo repo = Repo.create(path);
        return path.resolve("README").toFile().exists()
                ? repo
                : repo.with("README", "hello\n").commit("first");
    }
}
