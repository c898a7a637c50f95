#include "signing/keys/demo_pki.h"

#include <sys/stat.h>

#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class DemoPki : public SigningTest {
 protected:
  /// The text form of the certificate in a PKCS#12 file, by openssl itself.
  std::string certificateText(const std::string& name) const {
    const CommandResult pem =
        runCommand({"openssl", "pkcs12", "-in", (keys() / name).string(), "-passin",
                    "file:" + (keys() / "agency.password").string(), "-nokeys", "-clcerts"});
    EXPECT_TRUE(pem.ok()) << pem.describe();
    CommandOptions options;
    options.input = pem.out;
    return runCommand({"openssl", "x509", "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"},
                      options)
        .out;
  }
};

TEST_F(DemoPki, EverySubjectSaysDemo) {
  for (const char* name : {"agency.p12", "tsa.p12", "ocsp.p12"}) {
    const std::string text = certificateText(name);
    const std::size_t subject = text.find("Subject: ");
    ASSERT_NE(subject, std::string::npos);
    EXPECT_NE(text.substr(subject, text.find('\n', subject) - subject).find("DEMO"),
              std::string::npos);
  }
}

TEST_F(DemoPki, CertificatesCarryTheUsageOfTheirTrade) {
  const std::string agency = certificateText("agency.p12");
  EXPECT_NE(agency.find("Digital Signature, Non Repudiation"), std::string::npos) << agency;
  EXPECT_NE(agency.find(std::string("O=") + kAgency), std::string::npos) << agency;
  const std::string tsa = certificateText("tsa.p12");
  EXPECT_NE(tsa.find("Extended Key Usage: critical\n                Time Stamping\n"),
            std::string::npos)
      << tsa;
  const std::string ocsp = certificateText("ocsp.p12");
  EXPECT_NE(ocsp.find("OCSP Signing"), std::string::npos) << ocsp;
  EXPECT_NE(ocsp.find("OCSP No Check"), std::string::npos) << ocsp;
}

TEST_F(DemoPki, OpensslFollowsThePathToTheRoot) {
  const CommandResult pem =
      runCommand({"openssl", "pkcs12", "-in", (keys() / "agency.p12").string(), "-passin",
                  "file:" + (keys() / "agency.password").string(), "-nokeys", "-clcerts"});
  const auto leaf = file("leaf.pem", pem.out);
  const CommandResult result = runCommand({"openssl", "verify", "-x509_strict", "-CAfile",
                                           (trust() / "demo-root.pem").string(), "-untrusted",
                                           (keys() / "agency-ca.pem").string(), leaf.string()});
  EXPECT_TRUE(result.ok()) << result.describe();
}

TEST_F(DemoPki, SecretsAreReadableByTheirOwnerOnly) {
  for (const char* name : {"agency.p12", "tsa.p12", "ocsp.p12", "agency.password"}) {
    struct stat status {};
    ASSERT_EQ(::stat((keys() / name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

TEST_F(DemoPki, EachMakingHasKeysOfItsOwn) {
  makeDemoPki(folder_ / "keys", folder_ / "trust", kAgency, SystemClock().now());
  EXPECT_NE(slurp(folder_ / "trust/demo-root.pem"), slurp(trust() / "demo-root.pem"));
  EXPECT_NE(slurp(folder_ / "keys/agency.password"), password());
}

TEST_F(DemoPki, ALongAgencyNameIsCutAtTheBoundOfX520) {
  std::string name = kAgency;
  name += " — Trung tâm Phục vụ hành chính công";
  makeDemoPki(folder_ / "keys", folder_ / "trust", name, SystemClock().now());
  const SigningKey made =
      SigningKey::fromPkcs12(folder_ / "keys/agency.p12", slurp(folder_ / "keys/agency.password"));
  EXPECT_TRUE(std::string(name).starts_with(made.certificate().organisation));
  EXPECT_GT(made.certificate().organisation.size(), 60u);
}

}  // namespace
}  // namespace sohoa::test
