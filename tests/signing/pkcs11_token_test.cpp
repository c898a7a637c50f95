#include "signing/keys/pkcs11_token.h"

#include "tests/signing/signing_bench.h"
#include "tests/signing/soft_token.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

class Tokens : public SigningTest {
 protected:
  void SetUp() override {
    if (!SoftToken::isInstalled()) GTEST_SKIP() << "no SoftHSM2 on this machine";
  }
  static std::string causeOf(const std::function<void()>& work) {
    try {
      work();
    } catch (const BatchError& error) {
      EXPECT_EQ(std::string(error.what()).find(SoftToken::kPin), std::string::npos)
          << "a PIN in a message";
      return std::string(codeOf(error.cause()));
    }
    return "";
  }
};

TEST_F(Tokens, EveryKindOfKeyAndPaddingSigns) {
  TestServices services;
  const std::vector<Identity> identities = {services.signer("RSA2048"), services.signer("P-256"),
                                            services.signer("P-384")};
  SoftToken token(identities, services.ca());
  struct Case {
    int key;
    SignatureAlgorithm algorithm;
  };
  const Case cases[] = {
      {1, {SignatureDigest::sha256, false}}, {1, {SignatureDigest::sha512, false}},
      {1, {SignatureDigest::sha256, true}},  {1, {SignatureDigest::sha384, true}},
      {2, {SignatureDigest::sha256, false}}, {3, {SignatureDigest::sha384, false}}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.key);
    const SigningKey key = SigningKey::fromPkcs11(token.uri(c.key), SoftToken::kPin);
    EXPECT_EQ(key.certificate().commonName, "DEMO Services Signer");
    SignatureRequest request = invisible();
    request.algorithm = c.algorithm;
    const auto in = file("in.pdf", PlainPdf{}.bytes()), out = folder_ / "out.pdf";
    const auto done = signPdf(in, out, key, request);
    ASSERT_TRUE(done) << done.error().detail;
    VerificationOptions options;
    options.at = options.now = SystemClock().now();
    options.revocation = VerificationOptions::Revocation::available;
    const VerificationReport report = verifyPdf(out, services.anchors(), options);
    EXPECT_EQ(report.overall(), Indication::totalPassed) << toJson(report);
    EXPECT_EQ(pdfsig(out).valid, 1) << pdfsig(out).output;
  }
}

TEST_F(Tokens, AWrongPinOrNameIsSaidAndNotRetried) {
  TestServices services;
  SoftToken token({services.signer("P-256")}, services.ca());
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs11(token.uri(1), "000000"); }), "key.password");
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs11(token.uri(7), SoftToken::kPin); }), "key.missing");
  EXPECT_EQ(causeOf([&] {
              SigningKey::fromPkcs11(
                  std::string("pkcs11:token=other?module-path=") + SoftToken::kModule,
                  SoftToken::kPin);
            }),
            "key.gone");
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs11("not a URI", SoftToken::kPin); }), "key.missing");
  EXPECT_EQ(causeOf([&] {
              SigningKey::fromPkcs11("pkcs11:token=agency?module-path=/nowhere.so",
                                     SoftToken::kPin);
            }),
            "key.missing");
  EXPECT_EQ(
      causeOf([&] { SigningKey::fromPkcs11(token.uri(1) + "&pin-value=567890", SoftToken::kPin); }),
      "key.missing")
      << "a PIN may not stand in the URI";
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs11(token.uri(1), SoftToken::kPin); }), "");
}

TEST_F(Tokens, APulledTokenStopsTheBatchAndLeavesNothing) {
  TestServices services;
  SoftToken token({services.signer("RSA2048")}, services.ca());
  const auto in = file("in.pdf", PlainPdf{}.bytes()), out = folder_ / "out.pdf";
  {
    const SigningKey key = SigningKey::fromPkcs11(token.uri(1), SoftToken::kPin);
    ASSERT_TRUE(signPdf(in, out, key, invisible()));
    std::filesystem::remove(out);
    token.pull();
    EXPECT_EQ(causeOf([&] { (void)signPdf(in, out, key, invisible()); }), "key.gone");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1)
        << "only the input may be there";
  }
  token.putBack();
  const SigningKey key = SigningKey::fromPkcs11(token.uri(1), SoftToken::kPin);
  EXPECT_TRUE(signPdf(in, out, key, invisible()));
}

}  // namespace
}  // namespace sohoa::test
