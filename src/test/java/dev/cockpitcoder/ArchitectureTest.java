package dev.cockpitcoder;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rooms and the arrows between them; they go one way. */
@AnalyzeClasses(packages = "dev.cockpitcoder", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule arrowsGoOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.cockpitcoder..")
            .layer("problem")
            .definedBy("dev.cockpitcoder.problem")
            .layer("rest")
            .definedBy("dev.cockpitcoder.rest")
            .layer("server")
            .definedBy("dev.cockpitcoder.server")
            .layer("identity")
            .definedBy("dev.cockpitcoder.identity")
            .layer("process")
            .definedBy("dev.cockpitcoder.process")
            .layer("workspace")
            .definedBy("dev.cockpitcoder.workspace")
            .layer("session")
            .definedBy("dev.cockpitcoder.session")
            .layer("event")
            .definedBy("dev.cockpitcoder.event")
            .layer("screen")
            .definedBy("dev.cockpitcoder.screen")
            .layer("terminal")
            .definedBy("dev.cockpitcoder.terminal")
            .layer("command")
            .definedBy("dev.cockpitcoder.command")
            .layer("patch")
            .definedBy("dev.cockpitcoder.patch")
            .layer("agent")
            .definedBy("dev.cockpitcoder.agent")
            .layer("task")
            .definedBy("dev.cockpitcoder.task")
            .whereLayer("problem")
            .mayNotAccessAnyLayer()
            .whereLayer("rest")
            .mayOnlyAccessLayers("problem")
            .whereLayer("server")
            .mayOnlyAccessLayers("problem")
            .whereLayer("identity")
            .mayOnlyAccessLayers("problem", "server")
            .whereLayer("process")
            .mayOnlyAccessLayers("problem")
            .whereLayer("workspace")
            .mayOnlyAccessLayers("problem", "server", "identity", "process")
            .whereLayer("session")
            .mayOnlyAccessLayers("problem", "server", "identity", "workspace")
            .whereLayer("event")
            .mayOnlyAccessLayers("problem", "server", "identity", "session")
            .whereLayer("screen")
            .mayNotAccessAnyLayer()
            .whereLayer("terminal")
            .mayOnlyAccessLayers("problem", "server", "identity", "session", "workspace", "process", "screen")
            .whereLayer("command")
            .mayOnlyAccessLayers("problem", "server", "identity", "session", "workspace", "process", "terminal")
            .whereLayer("patch")
            .mayOnlyAccessLayers("problem", "workspace")
            .whereLayer("agent")
            .mayOnlyAccessLayers("problem", "server", "identity", "process", "command")
            .whereLayer("task")
            .mayOnlyAccessLayers("problem", "server", "identity", "session", "workspace", "patch", "agent", "command");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.cockpitcoder.(*)..").should().beFreeOfCycles();

    /** So that the owner of the PTYs can become a process of its own. */
    @ArchTest
    static final ArchRule processesNeedNoContainer = noClasses()
            .that()
            .resideInAnyPackage("dev.cockpitcoder.process", "dev.cockpitcoder.screen")
            .or()
            .haveNameMatching("dev\\.cockpitcoder\\.terminal\\.(Pty|Pty4jPty|OutputLog)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule configurationComesFromOnePlace = noClasses()
            .that()
            // what it reads is no setting: it is what children are given
            .doNotHaveFullyQualifiedName("dev.cockpitcoder.process.UserEnvironment")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);
}
