#include <map>

#include "tests/signing/attack_kit.h"
#include "tests/signing/cms_kit.h"
#include "tests/signing/flips.h"
#include "tests/signing/foreign_pdf.h"

namespace sohoa::test {
namespace {

/// Two independent judges of cryptographic integrity: pdfsig (NSS) and `openssl cms`. Each
/// disagreement has a written reason, and a reason that is not needed any more is a failure too.
class Agreement : public SigningTest {
 protected:
  using Reasons = std::map<std::string, const char*>;

  void compareWithPdfsig(const std::string& name, const std::filesystem::path& path,
                         const Reasons& reasons) const {
    int intact = 0;
    for (const SignatureReport& s : verify(path).signatures) {
      if (s.digestMatches && s.signatureMatches) ++intact;
    }
    const PdfsigVerdict judge = pdfsig(path);
    const auto reason = reasons.find(name);
    if (reason == reasons.end()) {
      EXPECT_EQ(judge.valid, intact) << name << "\n" << judge.output;
    } else {
      EXPECT_NE(judge.valid, intact) << name << ": agrees now; " << reason->second;
    }
  }

  void compareWithOpenssl(const std::string& name, const std::filesystem::path& path,
                          const Reasons& reasons) const {
    const std::string bytes = slurp(path);
    const VerificationReport report = verify(path);
    for (std::size_t i = 0; i < report.signatures.size(); ++i) {
      const SignatureReport& s = report.signatures[i];
      if (s.evidence.cms.empty()) continue;
      const auto& [start, first, next, second] = s.evidence.byteRange;
      const bool timestamp = s.kind == SignatureReport::Kind::timestamp;
      std::vector<std::string> call = {"openssl",
                                       "cms",
                                       "-verify",
                                       "-noverify",
                                       "-binary",
                                       "-inform",
                                       "DER",
                                       "-in",
                                       file("a.cms", s.evidence.cms).string(),
                                       "-out",
                                       (folder_ / "a.out").string()};
      if (!timestamp) {
        call.insert(
            call.end(),
            {"-content",
             file("a.bytes", bytes.substr(0, first) + bytes.substr(next, second)).string()});
      }
      const CommandResult judge = runCommand(call);
      const std::string key = name + "#" + std::to_string(i + 1);
      const auto reason = reasons.find(key);
      if (reason == reasons.end()) {
        EXPECT_EQ(judge.ok(), s.digestMatches && s.signatureMatches) << key << judge.describe();
      } else {
        EXPECT_NE(judge.ok(), s.digestMatches && s.signatureMatches)
            << key << ": agrees now; " << reason->second;
      }
    }
  }
};

TEST_F(Agreement, OnThirdPartyFixtures) {
  const auto folder = fixture("signed-pdf");
  if (!folder) GTEST_SKIP() << noFixture("signed-pdf");
  const Reasons ofPdfsig = {
      {"encrypted.pdf", "pdfsig deciphers /Contents, which is never encrypted (12.8.1)"},
      {"extensions-direct.pdf", "pdfsig knows no Ed25519"},
      {"extensions-indirect-not-all-paths.pdf", "pdfsig knows no Ed25519"},
      {"pades-lta-dss-indirect-arrs-test.pdf", "pdfsig does not verify document timestamps"},
      {"sig-with-ski-sid.pdf", "pdfsig finds no signer by subject key identifier"},
  };
  const Reasons ofOpenssl = {
      {"extensions-direct.pdf#2", "openssl 3.0 refuses Ed25519 in CMS (invalid digest)"},
      {"extensions-indirect-not-all-paths.pdf#2", "openssl 3.0 refuses Ed25519 in CMS"},
  };
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (entry.path().extension() != ".pdf") continue;
    const std::string name = entry.path().filename();
    compareWithPdfsig(name, entry.path(), ofPdfsig);
    compareWithOpenssl(name, entry.path(), ofOpenssl);
    ++files;
  }
  EXPECT_EQ(files, 35);
}

TEST_F(Agreement, OnFilesMadeHere) {
  // Honest and damaged ones, of several keys and shapes.
  const SmallPki& pki = smallPki();
  std::map<std::string, std::string> files;
  const std::string ours = slurp(signedFile(PlainPdf{}.bytes(), visible()));
  files["ours"] = ours;
  files["two"] = handSigned(ours, {.field = "Second"}, key());
  for (const char* damage : {"content", "digest", "value"}) {
    std::string bytes = ours;
    const RawSignature raw = rawSignature(bytes);
    const std::size_t at = damage == std::string_view("content")
                               ? bytes.find("Hello World")
                               : bytes.find_last_not_of('0', raw.gapEnd - 2) -
                                     (damage == std::string_view("digest") ? 700 : 0);
    bytes[at] = bytes[at] == '1' ? '2' : '1';
    files[std::string("damaged ") + damage] = bytes;
  }
  for (const char* type : {"RSA2048", "P-256", "P-384", "P-521", "brainpoolP256r1", "ED25519"}) {
    for (const bool pss : {false, true}) {
      if (pss && type != std::string_view("RSA2048")) continue;
      CertificateSpec spec = test::signer("Kind");
      spec.keyType = type;
      const Identity who = issue(spec, &pki.ca);
      CmsWish wish;
      wish.certificates = {&pki.ca};
      wish.pss = pss;
      if (type == std::string_view("ED25519")) wish.digest = EVP_sha512();
      files[std::string(type) + (pss ? " PSS" : "")] =
          handSigned(PlainPdf{}.bytes(), {.field = "S"},
                     [&](const std::string& text) { return buildCms(who, text, wish); });
    }
  }
  for (const FlipFile& each : flipFiles()) files[each.name] = each.bytes;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const ForeignPdf pdf = foreignPdf(seed);
    if (pdf.signatures > 0) files["foreign " + std::to_string(seed)] = pdf.bytes;
  }
  const Reasons ofPdfsig = {
      {"ED25519", "pdfsig knows no Ed25519"},
      {"brainpoolP256r1", "pdfsig (NSS) knows no Brainpool curves"},
      {"B-LTA", "pdfsig does not verify document timestamps"},
  };
  const Reasons ofOpenssl = {{"ED25519#1", "openssl 3.0 refuses Ed25519 in CMS"}};
  EXPECT_GE(files.size(), 15u);
  for (const auto& [name, bytes] : files) {
    const auto path = file("compared.pdf", bytes);
    compareWithPdfsig(name, path, ofPdfsig);
    compareWithOpenssl(name, path, ofOpenssl);
  }
}

}  // namespace
}  // namespace sohoa::test
