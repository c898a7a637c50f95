#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "signing/cms/cms.h"
#include "tests/signing/signing_bench.h"
#include "tests/signing/test_services.h"
#include "tests/support/preflight.h"

// Every level with every kind of key, padding and digest, before judges that are not ours: qpdf,
// pdfsig, openssl cms, openssl ts, PDFBox preflight. The suite takes a share in which each level
// and each algorithm occurs; tests/bench/signature_matrix.sh takes all 96.
namespace sohoa::test {
namespace {

struct Combination {
  SignatureLevel level;
  std::string key;
  SignatureAlgorithm algorithm;
  std::string name() const {
    return fmt::format("{} {} {}{}", nameOf(level), key, nameOf(algorithm.digest),
                       algorithm.pss ? " PSS" : "");
  }
  static std::string nameOf(SignatureDigest digest) {
    return digest == SignatureDigest::sha256   ? "SHA-256"
           : digest == SignatureDigest::sha384 ? "SHA-384"
                                               : "SHA-512";
  }
  static std::string nameOf(SignatureLevel level) { return std::string(sohoa::nameOf(level)); }
};

constexpr auto k256 = SignatureDigest::sha256;
constexpr auto k384 = SignatureDigest::sha384;
constexpr auto k512 = SignatureDigest::sha512;

std::vector<Combination> combinations() {
  using enum SignatureLevel;
  if (std::getenv("SOHOA_MATRIX") == nullptr) {
    return {{bB, "RSA2048", {k256, false}},  {bLTA, "RSA2048", {k256, true}},
            {bT, "RSA2048", {k512, false}},  {bLT, "RSA2048", {k384, false}},
            {bLTA, "RSA3072", {k384, true}}, {bB, "RSA3072", {k256, false}},
            {bT, "RSA4096", {k512, true}},   {bLT, "RSA4096", {k256, false}},
            {bLTA, "P-256", {k256, false}},  {bT, "P-256", {k384, false}},
            {bLT, "P-384", {k384, false}},   {bB, "P-384", {k512, false}}};
  }
  std::vector<Combination> all;
  for (const char* key : {"RSA2048", "RSA3072", "RSA4096", "P-256", "P-384"}) {
    for (const bool pss : {false, true}) {
      if (pss && key[0] != 'R') continue;
      for (const SignatureDigest digest : {k256, k384, k512}) {
        for (const SignatureLevel level : {bB, bT, bLT, bLTA}) {
          all.push_back({level, key, {digest, pss}});
        }
      }
    }
  }
  return all;
}

class SignatureMatrix : public SigningTest {
 protected:
  static TestServices& world() {
    static TestServices made;
    return made;
  }
  static const SigningKey& keyOf(const std::string& kind) {
    static std::map<std::string, SigningKey> keys;
    const auto known = keys.find(kind);
    if (known != keys.end()) return known->second;
    return keys.emplace(kind, world().key(kind)).first->second;
  }
  std::filesystem::path place(const std::string& name, std::string_view bytes) const {
    return file(name, std::string(bytes));
  }
  static void expectAccepted(const std::vector<std::string>& command) {
    const CommandResult result = runCommand(command);
    EXPECT_TRUE(result.ok()) << result.describe();
  }
  void expectToken(const std::string& token, const std::string& data) const {
    expectAccepted({"openssl", "ts", "-verify", "-token_in", "-in", place("token", token), "-data",
                    place("stamped", data), "-CAfile", (world().trust() / "root.pem").string(),
                    "-untrusted", place("ca.pem", pemOf(world().ca()))});
  }
  void judge(const std::filesystem::path& pdf, const Combination& combination) const {
    EXPECT_TRUE(qpdfFindsNoFault(pdf));
    const PdfsigVerdict verdict = pdfsig(pdf);
    EXPECT_EQ(verdict.valid, 1) << verdict.output;
    const std::vector<RawSignature> raw = rawSignatures(slurp(pdf));
    ASSERT_EQ(raw.size(), combination.level == SignatureLevel::bLTA ? 2u : 1u);
    expectAccepted({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in",
                    place("cms", raw[0].cms), "-content", place("content", raw[0].signedBytes),
                    "-CAfile", (world().trust() / "root.pem").string(), "-purpose", "any", "-out",
                    "/dev/null"});
    const Cms cms = parseCms(raw[0].cms);
    ASSERT_EQ(cms.unsignedAttributes.size(), combination.level >= SignatureLevel::bT ? 1u : 0u);
    for (const CmsAttribute& attribute : cms.unsignedAttributes) {
      expectToken(std::string(attribute.values.at(0)), cms.signature);
    }
    if (raw.size() == 2) expectToken(raw[1].cms, raw[1].signedBytes);
    VerificationOptions options;
    options.at = options.now = SystemClock().now();
    options.revocation = combination.level >= SignatureLevel::bLT
                             ? VerificationOptions::Revocation::required
                             : VerificationOptions::Revocation::available;
    const VerificationReport report = verifyPdf(pdf, world().anchors(), options);
    EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
    EXPECT_EQ(levelFromName(report.signatures.at(0).level), combination.level) << toJson(report);
  }
};

TEST_F(SignatureMatrix, IsAcceptedByEveryJudge) {
  PlainPdf plain;
  plain.archival = true;
  const auto in = file("in.pdf", plain.bytes());
  std::vector<std::filesystem::path> made;
  std::map<std::string, std::string> names;
  for (const Combination& combination : combinations()) {
    SCOPED_TRACE(combination.name());
    SignatureRequest request = visible();
    request.at = SystemClock().now();
    request.level = combination.level;
    request.algorithm = combination.algorithm;
    const auto out = folder_ / fmt::format("{}.pdf", made.size());
    const auto done = signPdf(in, out, keyOf(combination.key), request, world().services());
    ASSERT_TRUE(done) << done.error().detail;
    judge(out, combination);
    names[out.string()] = combination.name();
    made.push_back(out);
  }
  EXPECT_GE(made.size(), 12u);
  if (!hasPreflight()) GTEST_SKIP() << "PDF/A not judged: no Java or PDFBox preflight here";
  for (const PreflightVerdict& verdict : preflight(made)) {
    EXPECT_TRUE(verdict.valid) << names[verdict.file.string()] << ": "
                               << testing::PrintToString(verdict.findings);
  }
}

}  // namespace
}  // namespace sohoa::test
