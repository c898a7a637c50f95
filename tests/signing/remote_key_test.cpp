#include "signing/keys/remote_key.h"
#include "signing/verify/report_json.h"

#include <unistd.h>

#include <csignal>

#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class RemoteKeys : public SigningTest {
 protected:
  static SigningKey load() { return SigningKey::fromPkcs12(keys() / "agency.p12", password()); }
};

TEST_F(RemoteKeys, SignsInAProcessThatNeverHoldsTheKey) {
  const auto in = file("in.pdf", PlainPdf{}.bytes()), out = folder_ / "out.pdf";
  const pid_t here = ::getpid();
  const int code = signOutside(load, [&](const SigningKey& key) {
    if (::getpid() == here) return 9;
    SignatureRequest request = invisible();
    request.algorithm = {SignatureDigest::sha384, true};
    return signPdf(in, out, key, request) ? 7 : 8;
  });
  EXPECT_EQ(code, 7);
  EXPECT_EQ(verify(out).overall(), Indication::totalPassed) << toJson(verify(out));
  EXPECT_EQ(pdfsig(out).valid, 1);
}

TEST_F(RemoteKeys, AKeyThatCannotBeLoadedOrUsedIsReportedHere) {
  bool worked = false;
  const auto missing = [&] { return SigningKey::fromPkcs12(folder_ / "none.p12", ""); };
  EXPECT_THROW(signOutside(missing, [&](const SigningKey&) { return worked = true; }), BatchError);
  EXPECT_FALSE(worked);
  try {
    signOutside(load, [](const SigningKey&) -> int { throw BatchError(Cause::diskFull, "here"); });
    FAIL();
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::diskFull);
    EXPECT_EQ(error.detail(), "here");
  }
}

TEST_F(RemoteKeys, ADyingChildStopsNothingElse) {
  EXPECT_THROW(signOutside(load,
                           [](const SigningKey&) -> int {
                             ::raise(SIGKILL);
                             return 0;
                           }),
               BatchError);
}

}  // namespace
}  // namespace sohoa::test
