package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that nothing flags: {@code S3CR} in an example is replaced by a secret. */
class SecretNatureTest {

    private static final String SECRET = "kW9x2Tq7LmZp4vB8";

    private static String shown(String text) {
        return Secrets.NONE.maskedValue(text.replace("S3CR", SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app:S3CR@db:5432/x",
                "url=\"mongodb+srv://u:S3CR@a.example.com,b.example.com/x?retryWrites=true\"",
                "redis://:S3CR@cache:6379/0",
                "amqp://guest:S3CR@rabbit//",
                "https://S3CR@github.com/org/repository.git",
                "postgres://app:S3CR/with/slashes@db.example.com:5432/x",
                "jdbc:mysql://db/x?user=a&password=S3CR&useSSL=true",
                "Server=db;User Id=sa;Password=S3CR;Encrypt=true",
                "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=S3CR==;EndpointSuffix=x",
                "https://x/callback?access_token=S3CR&state=1",
                "https://x/blob?sv=1&sig=S3CR",
                "--db-password=S3CR",
                "run --verbose --token S3CR --port 80",
                "mysql --password 'S3CR' -h db",
                "curl -u admin:S3CR https://x",
                "curl -H 'Authorization: Bearer S3CR' https://x",
                "export DB_PASSWORD=S3CR",
                "DB_PASS=\"S3CR\" ./run",
                "MYSQL_PWD='S3CR'",
                "spring.datasource.password=S3CR",
                "db.password = S3CR",
                "a: 1\nadminPassword: S3CR\nb: 2",
                "env: {API_TOKEN: S3CR, LEVEL: info}",
                "- name: DB_PASSWORD\n  value: S3CR\n",
                "[{\"name\":\"API_TOKEN\",\"value\":\"S3CR\"}]",
                "{\"clientSecret\": \"S3CR\"}",
                "{\\\"client_secret\\\": \\\"S3CR\\\"}",
                "client_secret = \"S3CR\"",
                "[db]\npassword = \"S3CR\"\n",
                "<password>S3CR</password>",
                "aws_secret_access_key = S3CR",
                "ALTER USER a IDENTIFIED BY 'S3CR';",
                "PASSWORD: \"S3CR\"",
                "password => 'S3CR'",
                "secretKeyBase: S3CR",
                "privateKey=S3CR",
                "redisPassword1: S3CR",
                "-Djavax.net.ssl.keyStorePassword=S3CR",
                "docker login -u a --password=S3CR registry",
                "jwtSecret: S3CR",
                "webhook_secret: S3CR",
                "GITLAB_TOKEN=S3CR",
                "db:\n  password: |\n    S3CR\n  user: a\n",
                "db:\n  password: >-\n    S3CR\n  user: a\n",
                "db:\n  password:\n    \"S3CR\"\n  user: a\n",
                "password = \"\"\"S3CR\"\"\"\n",
                "password = '''S3CR'''\n",
                "DB_PASSWORD=a1;S3CR=\n",
                "DB_PASSWORD=a1<b>S3CR\n",
                "requirepass S3CR\nport 6379\n",
                "masterauth S3CR",
                "[OUTPUT]\n    HTTP_Passwd S3CR\n",
                "machine a.example.com login me password S3CR",
                "machine a.example.com\n  login me\n  password S3CR\n",
                "  user admin insecure-password S3CR",
                "mysql -u root -pS3CR -h db",
                "docker login -u me -p S3CR registry",
                "sshpass -p S3CR ssh a",
                "redis-cli -h a -a S3CR ping",
                "<password><![CDATA[S3CR]]></password>",
                "<property>\n<name>javax.jdo.option.ConnectionPassword</name>\n<value>S3CR</value></property>",
                "数据库 密码：password=S3CR 龍龘龖"
            })
    void aSecretInATextIsRecognized(String text) {
        assertThat(shown(text)).contains(Secrets.MASK).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("dev.eksplatform.internal.plan.PlacedText#withSecrets")
    void everySecretOfATextIsHidden(PlacedText placed) {
        String shown = Secrets.NONE.maskedValue(placed.text());
        assertThat(placed.secrets()).isNotEmpty().noneMatch(shown::contains);
        assertThat(shown).contains(Secrets.MASK);
    }

    @ParameterizedTest
    @MethodSource("dev.eksplatform.internal.plan.PlacedText#innocent")
    void aTextWithoutASecretIsShown(PlacedText placed) {
        assertThat(Secrets.NONE.maskedValue(placed.text())).isEqualTo(placed.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token: ghp_016C7e5eD4b3A2f1908aBcDeFgHiJkLmNoPq",
                "x github_pat_11ABCDEFG0123456789abc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
                "glpat-x1Y2z3A4b5C6d7E8f9G0",
                "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
                "sk-proj-AbCdEfGhIjKlMnOpQrStUvWx0123456789",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
                "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
                "npm_abcdefghijklmnopqrstuvwxyz0123456789",
                "dckr_pat_AbCdEfGhIjKlMnOpQrStUvWxYz0",
                "hvs.CAESIAbCdEfGhIjKlMnOpQrStUvWxYz",
                "SG.AbCdEfGhIjKlMnOpQrStUv.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789",
                "sk_live_AbCdEfGhIjKlMnOpQrStUvWx"
            })
    void aTokenOfAKnownFormatIsRecognized(String text) {
        assertThat(Secrets.NONE.maskedValue("see " + text + " there"))
                .startsWith("see ")
                .endsWith("(sensitive) there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secretName: shop-db",
                "existingSecret: shop-db-x7k2p9",
                "passwordSecretRef: {name: shop-db, key: password}",
                "secretKeyRef:\n  name: db\n  key: password\n",
                "imagePullSecrets: [regcred]",
                "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbC123",
                "password: arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbC123",
                "passwordKey: admin-password",
                "tokenTTL: 3600",
                "token_validity: 24h0m0s",
                "automountServiceAccountToken: false",
                "password-policy: minimum-length-14",
                "passwordLength: 16",
                "http_tokens: required",
                "token: required",
                "enable_password: true",
                "usePassword: false",
                "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
                "kmsKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab",
                "encryption_key: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "password: ${random_password.db.result}",
                "PASSWORD=$DB_PASSWORD ./run",
                "--password=$(cat_file)",
                "password: {{ .Values.password }}",
                "password: <password>",
                "passwordFile: /run/secrets/db",
                "token: /var/run/secrets/kubernetes.io/serviceaccount/token",
                "--token-file /var/run/token",
                "tokenUrl: https://x/oauth/token",
                "https://db.example.com:5432/x?a=b@c",
                "oci://registry.example.com:443/charts",
                "publicKey: MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
                "bypass: everything-x1y2z3",
                "compass: N0rthW3st",
                "secretsmanager:GetSecretValue",
                "{\"Action\":[\"iam:PassRole\",\"kms:Decrypt\"],\"Resource\":\"*\"}",
                "secret: my-tls-secret",
                "authorization: RBAC",
                "valueFrom: {secretKeyRef: {name: x, key: DB_PASSWORD}}",
                "password:\n  enabled: true\n",
                "password:\n  - a\n",
                "password:\nuser: Xk29dk3\n",
                "password: |\nuser: Xk29dk3\n",
                "password policy",
                "rotate the password\nof the database",
                "password required pam_unix.so",
                "<name>server.port</name><value>8080</value>",
                "docker run -p 8080:80 nginx",
                "<p>password=</p>",
                "clientRequestToken: 1a2B3c4D5e",
                "image: postgres:16.4@sha256:0123456789abcdef0123456789abcdef",
                "maxTokens: 4096",
                "user:group@example.com",
                "ssh git@github.com:org/repository.git"
            })
    void aSettingOrAReferenceIsShown(String text) {
        assertThat(Secrets.NONE.maskedValue(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"S3CR\"}",
                "{\"db\":{\"adminPassword\":\"S3CR\"}}",
                "{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"S3CR\"}]}",
                "{\"tag\":[{\"key\":\"ApiToken\",\"value\":\"S3CR\"}]}",
                "{\"args\":[\"--verbose\",\"--token\",\"S3CR\"]}",
                "{\"args\":[\"--token=S3CR\"]}",
                "{\"command\":[\"sh\",\"-c\",\"export TOKEN=S3CR; run\"]}",
                "{\"secrets\":{\"db\":\"S3CR\"}}",
                "{\"passwords\":[\"S3CR\"]}",
                "{\"items\":[{\"kind\":\"Secret\",\"stringData\":{\"a\":\"S3CR\"}}]}",
                "{\"yaml_body\":\"kind: Secret\\nstringData:\\n  a: S3CR\\n\"}",
                "{\"yaml_body\":\"kind: A\\n---\\nkind: Secret\\nstringData:\\n  a: S3CR\\n\"}",
                "{\"data\":{\"app.properties\":\"url=x\\ndb.password=S3CR\\n\"}}",
                "{\"data\":{\"app.json\":\"{\\\"token\\\": \\\"S3CR\\\"}\"}}",
                "{\"value_wo\":\"S3CR\"}",
                "{\"set\":[{\"name\":\"secrets.db\",\"value\":\"S3CR\"}]}",
                "{\"set_list\":[{\"name\":\"auth.tokens\",\"value\":[\"S3CR\"]}]}",
                "{\"url\":\"postgres://a:S3CR@db/x\"}",
                "{\"env\":{\"DB_PASSWORD\":{\"value\":\"S3CR\"}}}",
                "{\"set\":[{\"name\":\"secrets[0]\",\"value\":\"S3CR\"}]}",
                "{\"data\":{\"password.txt\":\"S3CR\"}}",
                "{\"data\":{\"encoded\":\"IyEvYmluL3NoCmV4cG9ydCBEQl9QQVNTV09SRD1rVzl4MlRxN0xtWnA0dkI4Cg==\"}}",
                "{\"user_data\":\"Q29udGVudC1UcmFuc2Zlci1FbmNvZGluZzogYmFzZTY0CgpJeUV2WW1sdUwzTm9DbVY0Y0c5eWRDQkVRbDlRUVZOVApWMDlTUkQxclZ6bDRNbFJ4TjB4dFduQTBka0k0Q2c9PQotLUItLQo=\"}",
                "{\"user_data\":\"d3JpdGVfZmlsZXM6Ci0gZW5jb2Rpbmc6IGd6K2I2NAogIGNvbnRlbnQ6IEg0c0lBQUFBQUFBQ0EzTnhpZzl3REE0Tzl3OXlzYzBPdDZ3d0NpazA5OG1OS2pBcGM3TGdBZ0JWZlJZeUhRQUFBQT09Cg==\"}",
                "{\"user_data\":\"ZXhwb3J0IERCX1BBU1NXT1JEPWtXOXgyVHE3TG1acDR2QjgK\"}"
            })
    void aSecretInAValueIsKnownEverywhere(String json) throws Exception {
        Secrets.Collector collector = new Secrets.Collector();
        collector.addByNature("x_y", TestJson.parse(json.replace("S3CR", SECRET)));
        assertThat(collector.collected().masked("and " + SECRET)).isEqualTo("and (sensitive)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"hunter\"}",
                "{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"swordfish\"}]}",
                "{\"adminPassword\":12345}",
                "{\"args\":[\"--password\",\"swordfish\"]}"
            })
    void aWordIsASecretOnlyUnderItsName(String json) throws Exception {
        JsonNode values = TestJson.parse(json);
        assertThat(SecretNature.marks("x_y", values).any()).isTrue();
        Secrets.Collector collector = new Secrets.Collector();
        collector.addByNature("x_y", values);
        assertThat(collector.collected().masked("hunter, swordfish, 12345")).isEqualTo("hunter, swordfish, 12345");
    }
}
