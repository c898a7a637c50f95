#include <fmt/format.h>
#include <openssl/pem.h>

#include "signing/verify/report_text.h"
#include "tests/signing/attack_kit.h"
#include "tests/signing/cms_kit.h"

namespace sohoa::test {
namespace {

Time day(const char* text) { return *parseIsoTime(std::string(text) + "T00:00:00Z"); }

std::string hexStream(const std::string& bytes) {
  return fmt::format("<</Length {}>>\nstream\n{}\nendstream", bytes.size(), bytes);
}

/// Signatures with timestamps and revocation data, validated at several times.
class VerifyTimes : public SigningTest {
 protected:
  VerifyTimes() {
    spill(folder_ / "trust/root.pem", pem(pki_.root));
    options_.at = options_.now = day("2024-07-01");
  }
  static std::string pem(const Identity& who) {
    const BioHandle out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), who.certificate.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
  }
  VerificationReport check(const std::string& bytes) const { return verifyBytes(bytes); }
  VerificationReport verifyBytes(const std::string& bytes) const {
    return sohoa::verifyBytes(bytes, TrustAnchors::fromFolder(folder_ / "trust"), options_);
  }
  /// Signed by the small PKI; a signature timestamp when `stamped`.
  std::string signedPdf(std::optional<Time> stamped = {}, const std::string& from = {}) const {
    return handSigned(
        from.empty() ? PlainPdf{}.bytes() : from, {.field = "S"}, [&](const std::string& text) {
          CmsWish wish;
          wish.certificates = {&pki_.ca};
          if (!stamped) return buildCms(signer(), text, wish);
          // The value must be known before the token: RSA is deterministic.
          const std::string value = signatureValueOf(buildCms(signer(), text, wish));
          wish.unsignedAttributes = {
              timestampAttribute(buildTimestamp(pki_.tsa, value, *stamped, {&pki_.ca}))};
          return buildCms(signer(), text, wish);
        });
  }
  const Identity& signer() const { return signer_ ? *signer_ : rsa(); }
  const Identity& rsa() const {
    static const Identity made = [&] {
      CertificateSpec spec = test::signer("RSA Signer");
      spec.keyType = "RSA2048";
      spec.until = day("2025-01-01");
      return issue(spec, &pki_.ca);
    }();
    return made;
  }
  std::string stamped(const std::string& bytes, Time at, const char* field = "T") const {
    return handSigned(
        bytes, {.field = field, .format = "ETSI.RFC3161"},
        [&](const std::string& text) { return buildTimestamp(pki_.tsa, text, at, {&pki_.ca}); });
  }
  std::string archived(const std::string& bytes, const std::vector<std::string>& ocsps,
                       const std::vector<std::string>& crls) const {
    Objects objects;
    std::string lists;
    int number = 500;
    const auto add = [&](const char* key, const std::vector<std::string>& all) {
      lists += fmt::format("/{} [", key);
      for (const std::string& each : all) {
        objects.emplace_back(number, hexStream(each));
        lists += fmt::format("{} 0 R ", number++);
      }
      lists += "] ";
    };
    add("OCSPs", ocsps);
    add("CRLs", crls);
    add("Certs", {pki_.ca.der()});
    std::string catalog = bodyOf(bytes, 1);
    objects.emplace_back(1, catalog.substr(0, catalog.rfind(">>")) + "/DSS <<" + lists + ">>>>");
    return updated(bytes, objects);
  }
  std::string list(const Identity& who, Time from, std::vector<RevokedRow> revoked = {}) const {
    return makeCrl(who, {.revoked = std::move(revoked), .from = from, .next = from + days{7}});
  }
  using days = std::chrono::days;

  const SmallPki& pki_ = smallPki();
  std::optional<Identity> signer_;
  VerificationOptions options_;
};

TEST_F(VerifyTimes, MissingRevocationIsNotPassedOverWhereItIsRequired) {
  const std::string bytes = signedPdf();
  EXPECT_EQ(verdictOf(check(bytes)), "valid");
  EXPECT_EQ(check(bytes).signatures[0].revocation, SignatureReport::Revocation::notOffered);
  options_.revocation = VerificationOptions::Revocation::required;
  const VerificationReport report = check(bytes);
  EXPECT_EQ(report.signatures[0].subIndication, "TRY_LATER");
  EXPECT_EQ(report.wanted.size(), 2u) << "the signer's and its authority's";
  const std::string known =
      archived(bytes, {}, {list(pki_.ca, day("2024-06-30")), list(pki_.root, day("2024-06-30"))});
  EXPECT_EQ(verdictOf(check(known)), "valid") << describe(check(known), Language::en);
  EXPECT_EQ(check(known).signatures[0].revocation, SignatureReport::Revocation::good);
  options_.at = options_.now = day("2024-09-01");
  EXPECT_EQ(check(known).signatures[0].subIndication, "TRY_LATER") << "the lists are too old";
}

TEST_F(VerifyTimes, AnOfferedRevocationMustBeKnown) {
  CertificateSpec spec = test::signer("Offering");
  spec.keyType = "RSA2048";
  spec.extensions.emplace_back(NID_crl_distribution_points, "URI:http://crl.example/ca.crl");
  signer_ = issue(spec, &pki_.ca);
  EXPECT_EQ(check(signedPdf()).signatures[0].subIndication, "TRY_LATER");
  options_.revocation = VerificationOptions::Revocation::available;
  EXPECT_EQ(verdictOf(check(signedPdf())), "valid");
}

TEST_F(VerifyTimes, ARevokedCertificatePassesOnlyWithProofThatTheSignatureIsOlder) {
  const std::string revoked = list(pki_.ca, day("2024-06-30"), {{&rsa(), day("2024-05-01"), 1}});
  const auto sub = [&](const std::string& bytes) {
    return check(bytes).signatures[0].subIndication;
  };
  EXPECT_EQ(sub(archived(signedPdf(), {}, {revoked})), "REVOKED_NO_POE");
  EXPECT_EQ(sub(archived(signedPdf(day("2024-05-02")), {}, {revoked})), "REVOKED_NO_POE");
  const VerificationReport older = check(archived(signedPdf(day("2024-04-30")), {}, {revoked}));
  EXPECT_EQ(verdictOf(older), "valid") << describe(older, Language::en);
  EXPECT_EQ(older.signatures[0].provenAt, day("2024-04-30"));
  EXPECT_EQ(older.signatures[0].revokedAt, day("2024-05-01"));
  const std::string authority =
      list(pki_.root, day("2024-06-30"), {{&pki_.ca, day("2024-05-01"), 2}});
  EXPECT_EQ(sub(archived(signedPdf(), {}, {authority})), "REVOKED_CA_NO_POE");
}

TEST_F(VerifyTimes, ASignatureYoungerThanItsRevocationFails) {
  const std::string stampedFirst = stamped(PlainPdf{}.bytes(), day("2024-06-01"));
  const std::string bytes =
      archived(signedPdf({}, stampedFirst), {},
               {list(pki_.ca, day("2024-06-30"), {{&rsa(), day("2024-05-01"), 1}})});
  const VerificationReport report = check(bytes);
  ASSERT_EQ(report.signatures.size(), 2u);
  EXPECT_EQ(report.signatures[1].subIndication, "REVOKED") << describe(report, Language::en);
  EXPECT_EQ(verdictOf(report), "invalid");
}

TEST_F(VerifyTimes, AfterExpiryOnlyATimestampKeepsASignature) {
  const std::string plain = signedPdf(), proven = signedPdf(day("2024-06-01"));
  options_.at = options_.now = day("2025-06-01");
  EXPECT_EQ(check(plain).signatures[0].subIndication, "OUT_OF_BOUNDS_NO_POE");
  EXPECT_EQ(verdictOf(check(proven)), "valid") << describe(check(proven), Language::en);
  options_.at = day("2024-12-01");
  EXPECT_EQ(verdictOf(check(plain)), "valid") << "as of another day";
}

TEST_F(VerifyTimes, ATimestampBeforeTheCertificateWasValidFails) {
  const VerificationReport report = check(signedPdf(day("2019-06-01")));
  // The timestamp authority was not valid either, so its word proves nothing.
  EXPECT_FALSE(report.signatures[0].provenAt.has_value() &&
               report.signatures[0].indication == Indication::totalPassed);
}

TEST_F(VerifyTimes, ATimestampOfAnotherSignatureProvesNothing) {
  const std::string bytes =
      handSigned(PlainPdf{}.bytes(), {.field = "S"}, [&](const std::string& t) {
        CmsWish wish;
        wish.certificates = {&pki_.ca};
        wish.unsignedAttributes = {timestampAttribute(
            buildTimestamp(pki_.tsa, "another value", day("2024-01-01"), {&pki_.ca}))};
        return buildCms(rsa(), t, wish);
      });
  const VerificationReport report = check(bytes);
  EXPECT_FALSE(report.signatures[0].provenAt.has_value());
  EXPECT_EQ(report.signatures[0].level, "B-B");
}

TEST_F(VerifyTimes, ArchivesRaiseTheLevelAndProveOlderMaterial) {
  std::string bytes = signedPdf(day("2024-06-01"));
  EXPECT_EQ(check(bytes).signatures[0].level, "B-T");
  bytes = archived(
      bytes,
      {makeOcsp(pki_.ocsp, pki_.ca, rsa(), {.from = day("2024-06-01"), .next = day("2024-06-08")})},
      {list(pki_.ca, day("2024-06-01")), list(pki_.root, day("2024-06-01"))});
  EXPECT_EQ(check(bytes).signatures[0].level, "B-LT");
  bytes = stamped(bytes, day("2024-06-02"));
  bytes = stamped(bytes, day("2024-06-20"), "T2");
  const VerificationReport report = check(bytes);
  ASSERT_EQ(report.signatures.size(), 3u);
  EXPECT_EQ(report.signatures[0].level, "B-LTA");
  EXPECT_EQ(report.signatures[0].indication, Indication::totalPassed)
      << describe(report, Language::en);
  EXPECT_EQ(report.signatures[0].provenAt, day("2024-06-01"));
  EXPECT_EQ(report.signatures[0].changesAfter, SignatureReport::Changes::permitted);
  options_.at = options_.now = day("2028-01-01");  // the signer expired in 2025
  EXPECT_EQ(verdictOf(check(bytes)), "valid") << describe(check(bytes), Language::en);
  // The newest timestamp's own authority must be known as good today.
  options_.revocation = VerificationOptions::Revocation::required;
  EXPECT_EQ(check(bytes).signatures[2].subIndication, "TRY_LATER");
}

TEST_F(VerifyTimes, AnchorsForSigningAreNotForTimestamps) {
  spill(folder_ / "trust/signing/root.pem", pem(pki_.root));
  std::filesystem::remove(folder_ / "trust/root.pem");
  const VerificationReport report = check(signedPdf(day("2024-06-01")));
  EXPECT_EQ(verdictOf(report), "valid");
  EXPECT_FALSE(report.signatures[0].provenAt.has_value());
  spill(folder_ / "trust/timestamping/root.pem", pem(pki_.root));
  EXPECT_TRUE(check(signedPdf(day("2024-06-01"))).signatures[0].provenAt.has_value());
  std::filesystem::remove_all(folder_ / "trust/signing");
  EXPECT_EQ(check(signedPdf()).signatures[0].subIndication, "NO_CERTIFICATE_CHAIN_FOUND");
}

TEST_F(VerifyTimes, CrossCertificatesAreTriedAndLoopsEnd) {
  // Two roots certify each other and the CA; only one is trusted.
  CertificateSpec other = authority("Other Root");
  const Identity otherRoot = issue(other);
  CertificateSpec crossed = authority("Test CA");
  crossed.key = pki_.ca.key;
  const Identity caByOther = issue(crossed, &otherRoot);
  CertificateSpec loop = authority("Other Root");
  loop.key = otherRoot.key;
  const Identity otherByCa = issue(loop, &pki_.ca);
  const std::string bytes =
      handSigned(PlainPdf{}.bytes(), {.field = "S"}, [&](const std::string& t) {
        CmsWish wish;
        wish.certificates = {&caByOther, &otherByCa, &pki_.ca};
        return buildCms(rsa(), t, wish);
      });
  EXPECT_EQ(verdictOf(check(bytes)), "valid") << describe(check(bytes), Language::en);
}

TEST_F(VerifyTimes, EveryKindOfKeyAndFormIsVerified) {
  struct Case {
    const char* key;
    CmsWish wish;
    const char* verdict;
  };
  CmsWish plain, pss, sha1, v1, none, bare, two, inside, open, sha512;
  pss.pss = true;
  sha1.digest = EVP_sha1();
  v1.signingCertificate = 1;
  none.signingCertificate = 0;
  bare.signedAttributes = false;
  two.signerInfos = 2;
  inside.content = "other content";
  open.indefinite = true;
  sha512.digest = EVP_sha512();
  const std::vector<Case> cases = {
      {"RSA2048", plain, "valid"},
      {"RSA2048", pss, "valid"},
      {"RSA2048", v1, "valid"},
      {"RSA2048", open, "valid"},
      {"P-256", plain, "valid"},
      {"P-384", sha512, "valid"},
      {"P-521", sha512, "valid"},
      {"brainpoolP256r1", plain, "valid"},
      {"brainpoolP384r1", sha512, "valid"},
      {"ED25519", sha512, "valid"},
      {"RSA2048", none, "indeterminate"},
      {"RSA2048", bare, "indeterminate"},
      {"RSA2048", sha1, "indeterminate"},
      {"RSA1024", plain, "indeterminate"},
      {"RSA2048", two, "invalid"},
      {"RSA2048", inside, "invalid"},
  };
  for (const Case& each : cases) {
    CertificateSpec spec = test::signer("Kind");
    spec.keyType = each.key;
    const Identity who = issue(spec, &pki_.ca);
    const std::string bytes =
        handSigned(PlainPdf{}.bytes(), {.field = "S"}, [&](const std::string& text) {
          CmsWish wish = each.wish;
          wish.certificates = {&pki_.ca};
          return buildCms(who, text, wish);
        });
    EXPECT_EQ(verdictOf(check(bytes)), each.verdict)
        << each.key << describe(check(bytes), Language::en);
  }
}

}  // namespace
}  // namespace sohoa::test
