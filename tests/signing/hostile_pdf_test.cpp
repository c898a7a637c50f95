#include "tests/signing/hostile_pdf.h"

#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class HostilePdfs : public SigningTest {};

// How long and how much memory: tests/bench/hostile_bars.cpp.
TEST_F(HostilePdfs, AreAnsweredAndNeverValid) {
  int count = 0;
  eachHostilePdf(300, [&](const std::string& name, const std::string& bytes) {
    SCOPED_TRACE(name);
    EXPECT_NE(verdictOf(verifyBytes(bytes)), "valid");
    ++count;
  });
  EXPECT_GT(count, 50);
}

}  // namespace
}  // namespace sohoa::test
