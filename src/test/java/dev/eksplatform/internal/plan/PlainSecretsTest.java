package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in text that anybody can read; tokens are put together here, so that no scanner finds them in this file. */
class PlainSecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export DB_PASSWORD=hunter2",
                "DB_PASSWORD=\"hunter 2\"",
                "db_password = 'hunter2'",
                "password: hunter2",
                "  spring.datasource.password=hunter2",
                "{\"dbPassword\": \"hunter2\"}",
                "password => hunter2",
                "./start --db-password=hunter2 --port 80",
                "./start --db-password hunter2",
                "mysql --password hunter2",
                "kubectl create secret generic a --from-literal=password=hunter2",
                "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI",
                "API_KEY=Ch4ngeme",
                "jdbc:postgresql://app:hunter2@db.internal:5432/shop",
                "https_proxy=http://user:hunter2@proxy:3128",
                "redis://:hunter2@cache:6379",
                "AKIA" + "IOSFODNN7EXAMPLE",
                "-----BEGIN RSA " + "PRIVATE KEY-----",
                "-----BEGIN " + "PRIVATE KEY-----",
                "token " + "ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz",
                "glpat-" + "0123456789abcdefghij",
                "xoxb-" + "1234567890-abcdefghijk",
                "sk_live_" + "0123456789abcdefghij",
                "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0" + ".c2lnbmF0dXJl",
            })
    void isASecret(String text) {
        assertThat(PlainSecrets.inText(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/bin/sh\necho hi",
                "export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)",
                "export DB_PASSWORD=\"$DB_PASSWORD\"",
                "DB_PASSWORD=`cat /run/secrets/db`",
                "password: ${DB_PASSWORD}",
                "password: {{ .Values.password }}",
                "password: <your password>",
                "password: \"\"",
                "password:\nuser: a",
                "PASSWORD=/run/secrets/db",
                "DB_PASSWORD_FILE=/run/secrets/db",
                "token: required",
                "automountServiceAccountToken: true",
                "password: arn:aws:secretsmanager:eu-central-1:111122223333:secret:db",
                "existingSecretPasswordKey: db-password",
                "secretKey: username",
                "the password is in the vault",
                "https://user@example.org/a:b",
                "https://user:${PASSWORD}@example.org",
                "image: quay.io/a/b:1@sha256:abc",
                "",
            })
    void isNone(String text) {
        assertThat(PlainSecrets.inText(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD, hunter2, true",
        "auth.adminPassword, letmein, true",
        "adminPassword, 12345678, true",
        "apiToken, 4fd2a0b1c9, true",
        "apiToken, required, false",
        "DB_PASSWORD, $(DB_PASSWORD_FROM_SECRET), false",
        "DB_PASSWORD, '', false",
        "DB_HOST, db.internal, false",
        "DATABASE_URL, postgres://app:hunter2@db/shop, true",
        "passwordSecret, shop-db, false",
    })
    void aValueWithAName(String name, String value, boolean secret) {
        assertThat(PlainSecrets.isSecret(name, value)).isEqualTo(secret);
    }
}
