package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthCommandTest {

    @TempDir
    private Path folder;

    private ShopEnvironment shop() {
        return new ShopEnvironment(folder);
    }

    @Test
    void twiceGivesTheSameBytesAndLeavesNoTemporaryFolder() throws IOException {
        assertThat(shop().synth().status()).isZero();
        Map<String, String> first = shop().contents();
        assertThat(shop().synth().status()).isZero();
        assertThat(shop().contents()).isEqualTo(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("app", "out", "shop.yaml");
        }
    }

    @Test
    void aStackThatAnEnvironmentNoLongerHasIsRemovedWithoutItsState() {
        shop().synth();
        Path stack = shop().output().resolve("stacks/shop-workloads");
        ShopEnvironment.write(stack.resolve(".terraform/modules/modules.json"), "{}");
        ShopEnvironment.write(stack.resolve("terraform.tfstate"), "{}");
        CommandRun run = shop().with("  manifests: [app/*.yaml]\n", "").synth();
        assertThat(run.out().replace(folder + "/", ""))
                .endsWith(
                        "\nremoved out/stacks/shop-workloads/cdk.tf.json, a stack that its environment no longer has; if it"
                                + " is deployed, bring it back and destroy it first\n");
        assertThat(shop().contents())
                .containsKeys(
                        "out/stacks/shop-workloads/terraform.tfstate",
                        "out/stacks/shop-workloads/.terraform/modules/modules.json",
                        "out/stacks/shop-platform/cdk.tf.json")
                .doesNotContainKeys("out/stacks/shop-workloads/cdk.tf.json", "out/stacks/shop-workloads/sources.json");
    }

    @Test
    void soIsItsFolderWhenNothingElseIsInIt() {
        shop().synth();
        shop().with("  manifests: [app/*.yaml]\n", "").synth();
        assertThat(shop().output().resolve("stacks/shop-workloads")).doesNotExist();
        assertThat(shop().output().resolve("stacks/shop-platform/cdk.tf.json")).exists();
    }

    @Test
    void theStacksOfOtherEnvironmentsStay() {
        shop().synth();
        Map<String, String> before = shop().contents();
        CommandRun run = shop().with("environment: shop", "environment: mill").synth();
        assertThat(run.out()).doesNotContain("removed");
        Map<String, String> after = shop().contents();
        assertThat(after).containsKey("out/stacks/mill-infrastructure/cdk.tf.json");
        before.keySet().stream()
                .filter(name -> name.startsWith("out/stacks/shop-"))
                .forEach(name -> assertThat(after).containsEntry(name, before.get(name)));
        assertThat(after.get("out/manifest.json")).contains("mill-platform").doesNotContain("shop-");
    }

    @Test
    void aFileInThePlaceOfTheOutputFolderIsRefused() {
        ShopEnvironment.write(folder.resolve("out"), "mine");
        ShopEnvironment shop = shop();
        shop.refused(
                shop.synth(),
                "out: the output folder is a file; allowed: a folder, or a path where one can be made; fix: remove the"
                        + " file, or choose another folder with --output");
        assertThat(shop.contents()).containsEntry("out", "mine");
    }

    @Test
    void soIsAFileInThePlaceOfAFolderInIt() {
        ShopEnvironment.write(folder.resolve("out/stacks"), "mine");
        ShopEnvironment shop = shop();
        shop.refused(
                shop.synth(),
                "out: stacks is a file; allowed: a folder, or a path where one can be made; fix: remove the file, or"
                        + " choose another folder with --output");
        assertThat(shop.contents()).containsEntry("out/stacks", "mine");
    }

    @Test
    void soIsAFolderInThePlaceOfAFile() throws IOException {
        ShopEnvironment shop = shop();
        Files.createDirectories(shop.output().resolve("stacks/shop-platform/cdk.tf.json"));
        shop.refused(
                shop.synth(),
                "out: stacks/shop-platform/cdk.tf.json is a folder; allowed: a folder, or a path where one can be made; fix:"
                        + " remove it, or choose another folder with --output");
        assertThat(shop.output().resolve("stacks/shop-infrastructure")).doesNotExist();
    }

    @Test
    void soIsALinkThatLeadsNowhere() throws IOException {
        ShopEnvironment shop = shop();
        Files.createSymbolicLink(shop.output(), Path.of("nowhere"));
        shop.refused(
                shop.synth(),
                "out: the output folder is a link that leads nowhere; allowed: a folder, or a path where one can be made; fix:"
                        + " remove the link, or choose another folder with --output");
    }

    @Test
    void aLinkToAFolderIsThatFolder() throws IOException {
        ShopEnvironment shop = shop();
        Files.createDirectory(folder.resolve("real"));
        Files.createSymbolicLink(shop.output(), Path.of("real"));
        assertThat(shop.synth().status()).isZero();
        assertThat(folder.resolve("real/stacks/shop-platform/cdk.tf.json")).exists();
    }

    @Test
    void aNameThatIsTooLongIsBadInput() {
        ShopEnvironment shop = shop();
        shop.synth();
        String name = "a".repeat(300);
        CommandRun run = CommandRun.of(
                "synth", "-o", folder.resolve(name).toString(), shop.file().toString());
        assertThat(run.err())
                .endsWith(": cannot be written: File name too long; fix: use a"
                        + " shorter name\n1 problem, nothing was written\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anEmptyPathIsBadInput() {
        assertThat(CommandRun.of("synth", "-o", "", "stacks/ingress.yaml").err())
                .startsWith("--output: an empty path;");
        assertThat(CommandRun.of("synth", "").err()).startsWith("FILE: an empty path;");
    }
}
