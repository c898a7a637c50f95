#include <fmt/format.h>

#include "signing/cms/cms.h"
#include "tests/signing/signing_bench.h"
#include "tests/signing/test_services.h"
#include "tests/support/preflight.h"

namespace sohoa::test {
namespace {

TestServices& world() {
  static TestServices made;
  return made;
}

constexpr SignatureLevel kLevels[] = {SignatureLevel::bB, SignatureLevel::bT, SignatureLevel::bLT,
                                      SignatureLevel::bLTA};

class Levels : public SigningTest {
 protected:
  void SetUp() override {
    world().tsa().mood = TestTsa::Mood::honest;
    world().ocspDown = world().crlDown = world().revoked = false;
    world().renewClients();
  }
  SignatureRequest request(SignatureLevel level) const {
    SignatureRequest made = visible();
    made.at = SystemClock().now();
    made.level = level;
    return made;
  }
  static const SigningKey& worldKey() {
    static const SigningKey made = world().key();
    return made;
  }
  std::filesystem::path sign(const std::string& bytes, const SignatureRequest& wanted,
                             const SigningKey& key = worldKey(),
                             const std::string& name = "signed.pdf") const {
    const auto in = file("in-" + name, bytes), out = folder_ / name;
    const auto done = signPdf(in, out, key, wanted, world().services());
    if (!done) {
      throw std::runtime_error(std::string(codeOf(done.error().cause)) + " " + done.error().item +
                               " " + done.error().detail);
    }
    return out;
  }
  VerificationReport judge(const std::filesystem::path& path,
                           SignatureLevel level = SignatureLevel::bLTA) const {
    // From B-LT on everything must be inside; below, nobody was asked yet.
    VerificationOptions options;
    options.at = options.now = SystemClock().now();
    options.revocation = level >= SignatureLevel::bLT ? VerificationOptions::Revocation::required
                                                      : VerificationOptions::Revocation::available;
    return verifyPdf(path, world().anchors(), options);
  }
  std::string caFile() const { return (world().trust() / "root.pem").string(); }
  std::string untrustedFile() const { return file("ca.pem", pemOf(world().ca())).string(); }
};

TEST_F(Levels, IndependentJudgesAcceptEveryLevel) {
  for (const SignatureLevel level : kLevels) {
    SCOPED_TRACE(std::string(nameOf(level)));
    const auto out = sign(PlainPdf{}.bytes(), request(level));
    EXPECT_TRUE(qpdfFindsNoFault(out));
    const PdfsigVerdict verdict = pdfsig(out);
    EXPECT_GE(verdict.valid, 1) << verdict.output;
    const auto all = rawSignatures(slurp(out));
    ASSERT_EQ(all.size(), level == SignatureLevel::bLTA ? 2u : 1u);
    const auto cms = file("cms.der", all[0].cms), content = file("content", all[0].signedBytes);
    const CommandResult byOpenssl =
        runCommand({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in",
                    cms.string(), "-content", content.string(), "-CAfile", caFile(), "-purpose",
                    "any", "-out", "/dev/null"});
    EXPECT_TRUE(byOpenssl.ok()) << byOpenssl.describe();
    if (level < SignatureLevel::bLTA) continue;
    const auto token = file("token.der", all[1].cms), stamped = file("stamped", all[1].signedBytes);
    const CommandResult ts =
        runCommand({"openssl", "ts", "-verify", "-token_in", "-in", token.string(), "-data",
                    stamped.string(), "-CAfile", caFile(), "-untrusted", untrustedFile()});
    EXPECT_TRUE(ts.ok()) << ts.describe();
  }
}

TEST_F(Levels, TheSignatureTimestampStandsForTheSignatureValue) {
  const auto out = sign(PlainPdf{}.bytes(), request(SignatureLevel::bT));
  const auto signatures = rawSignatures(slurp(out));
  const Cms cms = parseCms(signatures.at(0).cms);  // views of it
  ASSERT_EQ(cms.unsignedAttributes.size(), 1u);
  EXPECT_EQ(cms.unsignedAttributes[0].oid, "1.2.840.113549.1.9.16.2.14");
  const auto token = file("token.der", std::string(cms.unsignedAttributes[0].values.at(0)));
  const auto value = file("value", cms.signature);
  const CommandResult ts =
      runCommand({"openssl", "ts", "-verify", "-token_in", "-in", token.string(), "-data",
                  value.string(), "-CAfile", caFile(), "-untrusted", untrustedFile()});
  EXPECT_TRUE(ts.ok()) << ts.describe();
}

TEST_F(Levels, OwnVerifierAcceptsEveryLevel) {
  for (const SignatureLevel level : kLevels) {
    SCOPED_TRACE(std::string(nameOf(level)));
    const VerificationReport report = judge(sign(PlainPdf{}.bytes(), request(level)), level);
    EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
    EXPECT_EQ(levelFromName(report.signatures.front().level), level) << toJson(report);
  }
}

TEST_F(Levels, PdfA1bStaysValidAtEveryLevel) {
  if (!hasPreflight()) GTEST_SKIP() << "no Java or PDFBox preflight on this machine";
  PlainPdf pdf;
  pdf.archival = true;
  std::vector<std::filesystem::path> files = {file("plain.pdf", pdf.bytes())};
  for (const SignatureLevel level : kLevels) {
    files.push_back(sign(pdf.bytes(), request(level), worldKey(),
                         fmt::format("level{}.pdf", static_cast<int>(level))));
  }
  for (const PreflightVerdict& verdict : preflight(files)) {
    EXPECT_TRUE(verdict.valid) << verdict.file << ": "
                               << (verdict.findings.empty() ? "" : verdict.findings.front());
  }
}

TEST_F(Levels, NothingIsWrittenAtALowerLevelThanAskedFor) {
  const auto in = file("in.pdf", PlainPdf{}.bytes());
  const auto out = folder_ / "out.pdf";
  const auto failsWith = [&](SignatureLevel level, Cause cause) {
    const auto done = signPdf(in, out, worldKey(), request(level), world().services());
    EXPECT_FALSE(std::filesystem::exists(out));
    EXPECT_EQ(slurp(in), PlainPdf{}.bytes());
    ASSERT_FALSE(done);
    EXPECT_EQ(codeOf(done.error().cause), codeOf(cause)) << done.error().detail;
    EXPECT_EQ(done.error().item.empty(), false);
  };
  using Mood = TestTsa::Mood;
  for (const Mood mood : {Mood::hangsUp, Mood::busy, Mood::refuses, Mood::otherNonce,
                          Mood::otherImprint, Mood::garbage, Mood::slow}) {
    SCOPED_TRACE(static_cast<int>(mood));
    world().tsa().mood = mood;
    failsWith(SignatureLevel::bT, Cause::timestampUnavailable);
  }
  world().tsa().mood = Mood::honest;
  world().ocspDown = world().crlDown = true;
  failsWith(SignatureLevel::bLT, Cause::revocationUnavailable);
  world().ocspDown = world().crlDown = false;
  world().revoked = true;
  failsWith(SignatureLevel::bLTA, Cause::certificateRevoked);
  const auto none = signPdf(in, out, worldKey(), request(SignatureLevel::bT));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().cause, Cause::documentNotSigned) << "no services at all";
  int left = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    left += entry.path().filename() == "in.pdf" ? 0 : 1;
  }
  EXPECT_EQ(left, 0) << "no work file may be left behind";
}

TEST_F(Levels, ListsServeWhenTheResponderIsDown) {
  world().ocspDown = true;
  const auto out = sign(PlainPdf{}.bytes(), request(SignatureLevel::bLT));
  EXPECT_NE(slurp(out).find("/CRLs"), std::string::npos);
  EXPECT_EQ(slurp(out).find("/OCSPs"), std::string::npos);
  EXPECT_EQ(judge(out).overall(), Indication::totalPassed) << toJson(judge(out));
}

TEST_F(Levels, RevocationDataIsFetchedOncePerCertificate) {
  const int before = world().ocspRequests + world().crlRequests;
  for (int i = 0; i < 5; ++i) {
    sign(PlainPdf{}.bytes(), request(SignatureLevel::bLTA), worldKey(), fmt::format("{}.pdf", i));
  }
  // Signer and TSA by OCSP, the CA by its list.
  EXPECT_EQ(world().ocspRequests + world().crlRequests - before, 3);
}

TEST_F(Levels, ALaterRunFindsTheAnswersOnDisk) {
  RevocationOptions options;
  options.cache = folder_ / "cache";
  world().renewClients(options);
  sign(PlainPdf{}.bytes(), request(SignatureLevel::bLT));
  const int before = world().ocspRequests + world().crlRequests;
  world().renewClients(options);
  sign(PlainPdf{}.bytes(), request(SignatureLevel::bLT));
  EXPECT_EQ(world().ocspRequests + world().crlRequests, before);
  options.keep = std::chrono::seconds{0};
  world().renewClients(options);
  sign(PlainPdf{}.bytes(), request(SignatureLevel::bLT));
  EXPECT_GT(world().ocspRequests + world().crlRequests, before) << "old answers are asked anew";
}

TEST_F(Levels, SeveralSignersOfAllLevelsStandInOneFile) {
  std::string bytes = PlainPdf{}.bytes();
  for (const SignatureLevel level : kLevels) bytes = slurp(sign(bytes, request(level)));
  const auto out = file("all.pdf", bytes);
  EXPECT_TRUE(qpdfFindsNoFault(out));
  const VerificationReport report = judge(out);
  EXPECT_EQ(report.signatures.size(), 5u);
  EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
  EXPECT_EQ(pdfsig(out).valid, 4) << pdfsig(out).output;
}

TEST_F(Levels, ExtendingRaisesEveryLevelAndRenews) {
  ExtensionRequest wanted;
  wanted.at = SystemClock().now();
  for (const SignatureLevel level :
       {SignatureLevel::bB, SignatureLevel::bT, SignatureLevel::bLT, SignatureLevel::bLTA}) {
    SCOPED_TRACE(std::string(nameOf(level)));
    const auto in = sign(PlainPdf{}.bytes(), request(level));
    const auto out = folder_ / "extended.pdf";
    const auto done = extendPdf(in, out, wanted, world().services());
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_TRUE(slurp(out).starts_with(slurp(in)));
    EXPECT_TRUE(qpdfFindsNoFault(out));
    const VerificationReport report = judge(out);
    EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
    EXPECT_EQ(report.signatures.back().kind, SignatureReport::Kind::timestamp);
    const auto all = rawSignatures(slurp(out));
    const CommandResult ts = runCommand({"openssl", "ts", "-verify", "-token_in", "-in",
                                         file("t.der", all.back().cms).string(), "-data",
                                         file("t.data", all.back().signedBytes).string(), "-CAfile",
                                         caFile(), "-untrusted", untrustedFile()});
    EXPECT_TRUE(ts.ok()) << ts.describe();
    std::filesystem::remove(out);
  }
}

TEST_F(Levels, BrokenOrUnsignedFilesAreNotExtended) {
  ExtensionRequest wanted;
  wanted.at = SystemClock().now();
  const auto out = folder_ / "extended.pdf";
  std::string bytes = slurp(sign(PlainPdf{}.bytes(), request(SignatureLevel::bT)));
  bytes[bytes.find("Hello")] = 'J';
  const auto broken = extendPdf(file("broken.pdf", bytes), out, wanted, world().services());
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().cause, Cause::signatureNotVerified);
  const auto bare =
      extendPdf(file("bare.pdf", PlainPdf{}.bytes()), out, wanted, world().services());
  ASSERT_FALSE(bare);
  EXPECT_EQ(bare.error().cause, Cause::documentNotSigned);
  EXPECT_FALSE(std::filesystem::exists(out));
}

TEST_F(Levels, AStoreGrowsWithoutRepeatingItself) {
  const auto count = [](const std::string& bytes, const std::string& what) {
    int n = 0;
    for (std::size_t at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + 1))
      ++n;
    return n;
  };
  const std::string once = slurp(sign(PlainPdf{}.bytes(), request(SignatureLevel::bLT)));
  const std::string twice = slurp(sign(once, request(SignatureLevel::bLT)));
  const std::string ca = derOf(world().ca().certificate.get());
  // In the CMS certificates stand in hexadecimal: what is counted are the streams.
  EXPECT_EQ(count(once, ca), 1);
  EXPECT_EQ(count(twice, ca), 1);
  EXPECT_EQ(count(twice, "/VRI"), 2) << "the store is written again, with both entries";
}

}  // namespace
}  // namespace sohoa::test
