#include <fmt/format.h>

#include "core/result.h"
#include "signing/base/openssl_handles.h"
#include "signing/cms/cms.h"
#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"
#include "tests/signing/signing_bench.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

class VerifyTrust : public SigningTest {
 protected:
  /// A key with a certificate from the command line of openssl.
  SigningKey selfSigned(const std::string& name, const std::vector<std::string>& options) const {
    const auto keyFile = folder_ / (name + ".key"), certificate = folder_ / name / "c.pem";
    const auto out = folder_ / (name + ".p12");
    std::filesystem::create_directories(folder_ / name);
    std::vector<std::string> command = {"openssl",        "req",    "-x509",
                                        "-utf8",          "-nodes", "-keyout",
                                        keyFile.string(), "-out",   certificate.string(),
                                        "-days",          "30"};
    command.insert(command.end(), options.begin(), options.end());
    const CommandResult made = runCommand(command);
    EXPECT_TRUE(made.ok()) << made.describe();
    const CommandResult packed =
        runCommand({"openssl", "pkcs12", "-export", "-inkey", keyFile.string(), "-in",
                    certificate.string(), "-out", out.string(), "-passout", "pass:x"});
    EXPECT_TRUE(packed.ok()) << packed.describe();
    return SigningKey::fromPkcs12(out, "x");
  }
  std::filesystem::path signedBy(const SigningKey& other) const {
    const auto in = file("in.pdf", PlainPdf{}.bytes()), out = folder_ / "out.pdf";
    const auto done = signPdf(in, out, other, visible());
    EXPECT_TRUE(bool(done));
    return out;
  }
  static Time now() { return SystemClock().now() + std::chrono::minutes{1}; }
};

TEST_F(VerifyTrust, WithoutAnchorsNothingIsTrusted) {
  std::filesystem::create_directories(folder_ / "empty");
  const VerificationReport report = verifyPdf(signedFile(PlainPdf{}.bytes(), visible()),
                                              TrustAnchors::fromFolder(folder_ / "empty"), today());
  ASSERT_EQ(report.signatures.size(), 1u);
  EXPECT_EQ(report.signatures[0].subIndication, "NO_CERTIFICATE_CHAIN_FOUND");
  EXPECT_TRUE(report.signatures[0].signatureMatches);
  EXPECT_FALSE(report.signatures[0].trusted);
}

TEST_F(VerifyTrust, AnIntermediateOfTheSiteCompletesAPathAndAnchorsNothing) {
  TestServices services;
  const Identity who = services.signer("RSA2048");
  spill(folder_ / "key.pem", keyPemOf(who));
  spill(folder_ / "certificate.pem", pemOf(who));
  // As most agencies' programs sign: with the signer's certificate alone.
  const std::string bytes = handSigned(PlainPdf{}.bytes(), {}, [&](const std::string& text) {
    const auto in = file("text.bin", text), out = folder_ / "signature.p7";
    const CommandResult made =
        runCommand({"openssl", "cms", "-sign", "-binary", "-cades", "-md", "sha256", "-nosmimecap",
                    "-outform", "DER", "-in", in, "-inkey", folder_ / "key.pem", "-signer",
                    folder_ / "certificate.pem", "-out", out});
    EXPECT_TRUE(made.ok()) << made.describe();
    return slurp(out);
  });
  VerificationOptions options;
  options.at = options.now = now();
  options.revocation = VerificationOptions::Revocation::available;
  const auto verdict = [&](const std::filesystem::path& trust) {
    return std::string(
        verdictOf(sohoa::verifyBytes(bytes, TrustAnchors::fromFolder(trust), options)));
  };
  spill(folder_ / "trust/root.pem", pemOf(services.root()));
  EXPECT_EQ(verdict(folder_ / "trust"), "indeterminate") << "the authority's own is missing";
  spill(folder_ / "trust/intermediate/ca.pem", pemOf(services.ca()));
  EXPECT_EQ(verdict(folder_ / "trust"), "valid");
  spill(folder_ / "other/intermediate/ca.pem", pemOf(services.ca()));
  EXPECT_EQ(verdict(folder_ / "other"), "indeterminate") << "an intermediate alone";
}

/// A certificate of that one's issuer, number and subject, made by anybody.
std::string strangerLike(const X509* genuine) {
  const Handle<EVP_PKEY, EVP_PKEY_free> key(EVP_RSA_gen(2048));
  const Certificate made(X509_new());
  X509_set_version(made.get(), 2);
  X509_set_serialNumber(made.get(), const_cast<ASN1_INTEGER*>(X509_get0_serialNumber(genuine)));
  X509_set_issuer_name(made.get(), X509_get_issuer_name(genuine));
  X509_set_subject_name(made.get(), X509_get_subject_name(genuine));
  X509_set1_notBefore(made.get(), X509_get0_notBefore(genuine));
  X509_set1_notAfter(made.get(), X509_get0_notAfter(genuine));
  X509_set_pubkey(made.get(), key.get());
  X509_sign(made.get(), key.get(), EVP_sha256());
  return derOf(made.get());
}

TEST_F(VerifyTrust, AStrangersCertificateOfTheSameNumberChangesNothing) {
  const std::string good = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  const RawSignature raw = rawSignature(good);
  const Cms cms = parseCms(raw.cms);
  ASSERT_GE(cms.certificates.size(), 2u);
  for (const Certificate& each : cms.certificates) {
    const std::string der = strangerLike(each.get());
    const std::string catalog = bodyOf(good, 1);
    const std::string bytes = updated(
        good, {{1, catalog.substr(0, catalog.rfind(">>")) + " /DSS <</Certs [300 0 R]>>>>"},
               {300, fmt::format("<</Length {}>>\nstream\n{}\nendstream", der.size(), der)}});
    const VerificationReport report = verifyBytes(bytes);
    EXPECT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
  }
}

TEST_F(VerifyTrust, ASelfSignedCertificateOfTheSameNameIsNotTrusted) {
  const SigningKey impostor = selfSigned(
      "same",
      {"-newkey", "rsa:2048", "-subj", std::string("/C=VN/O=") + kAgency + "/CN=DEMO " + kAgency});
  EXPECT_EQ(impostor.certificate().subject, key().certificate().subject);
  const VerificationReport report = verifyPdf(signedBy(impostor), anchors(), now());
  EXPECT_EQ(report.overall(), Indication::indeterminate);
  EXPECT_FALSE(report.signatures[0].trusted);
}

TEST_F(VerifyTrust, BeforeAndAfterItsValidityTheCertificateProvesNothing) {
  const auto out = signedFile(PlainPdf{}.bytes(), visible());
  for (const Time at : {*parseIsoTime("2019-06-01T00:00:00Z"),
                        key().certificate().notAfter + std::chrono::days{1}}) {
    const VerificationReport report = verifyPdf(out, anchors(), at);
    ASSERT_EQ(report.signatures.size(), 1u);
    EXPECT_EQ(report.signatures[0].indication, Indication::indeterminate);
    EXPECT_EQ(report.signatures[0].subIndication, "OUT_OF_BOUNDS_NO_POE");
    EXPECT_FALSE(report.signatures[0].trusted);
  }
}

TEST_F(VerifyTrust, ACertificateOfAnotherTradeDoesNotPass) {
  const SigningKey tsa = SigningKey::fromPkcs12(keys() / "tsa.p12", password());
  const VerificationReport report = verifyPdf(signedBy(tsa), anchors(), today());
  EXPECT_EQ(report.signatures[0].subIndication, "CHAIN_CONSTRAINTS_FAILURE");
}

TEST_F(VerifyTrust, AShortKeyDoesNotPassEvenWhenTrusted) {
  const SigningKey weak = selfSigned("weak", {"-newkey", "rsa:1024", "-subj", "/CN=weak"});
  const VerificationReport report =
      verifyPdf(signedBy(weak), TrustAnchors::fromFolder(folder_ / "weak"), now());
  EXPECT_EQ(report.signatures[0].subIndication, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
  EXPECT_TRUE(report.signatures[0].signatureMatches);
}

TEST_F(VerifyTrust, AnotherCertificateOfTheSameKeyIsNoticed) {
  // The CMS names the certificate by issuer and serial, and binds it by hash: here the certificate
  // is exchanged for another one of the same names, serial and key.
  const auto common =
      std::vector<std::string>{"-newkey", "rsa:2048", "-subj", "/CN=twin", "-set_serial", "77"};
  const SigningKey first = selfSigned("first", common);
  const std::vector<std::string> again = {"openssl",
                                          "req",
                                          "-x509",
                                          "-key",
                                          (folder_ / "first.key").string(),
                                          "-out",
                                          (folder_ / "first/second.pem").string(),
                                          "-days",
                                          "31",
                                          "-subj",
                                          "/CN=twin",
                                          "-set_serial",
                                          "77"};
  ASSERT_TRUE(runCommand(again).ok());
  std::string bytes = slurp(signedBy(first));
  const RawSignature raw = rawSignature(bytes);
  const auto der = [&](const std::string& pem) {
    const auto out = folder_ / "c.der";
    EXPECT_TRUE(runCommand({"openssl", "x509", "-in", (folder_ / "first" / pem).string(),
                            "-outform", "DER", "-out", out.string()})
                    .ok());
    return slurp(out);
  };
  const std::string one = der("c.pem"), other = der("second.pem");
  std::string cms = raw.cms;
  const std::size_t at = cms.find(one);
  ASSERT_NE(at, std::string::npos);
  ASSERT_EQ(one.size(), other.size());
  cms.replace(at, one.size(), other);
  std::string hex;
  for (char c : cms) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  bytes.replace(raw.gapBegin + 1, hex.size(), hex);
  const VerificationReport report =
      verifyPdf(file("twin.pdf", bytes), TrustAnchors::fromFolder(folder_ / "first"), now());
  EXPECT_EQ(report.signatures[0].subIndication, "NO_SIGNING_CERTIFICATE_FOUND")
      << describe(report, Language::en);
}

TEST_F(VerifyTrust, AnUnreadableAnchorStopsTheRun) {
  spill(folder_ / "bad/a.pem", "not a certificate");
  EXPECT_THROW(TrustAnchors::fromFolder(folder_ / "bad"), BatchError);
  EXPECT_THROW(TrustAnchors::fromFolder(folder_ / "none"), BatchError);
}

}  // namespace
}  // namespace sohoa::test
