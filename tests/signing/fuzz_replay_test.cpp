#include <gtest/gtest.h>

#include "tests/fuzz/targets.h"
#include "tests/support/files.h"

namespace sohoa::test {
namespace {

/// What the fuzzers found once, and their hand-made seeds: each must be answered, none valid.
int replay(const char* name, void (*target)(std::string_view)) {
  int count = 0;
  for (const auto& each :
       std::filesystem::directory_iterator(sourceFolder() / "tests/fuzz/corpus" / name)) {
    SCOPED_TRACE(each.path());
    target(slurp(each.path()));
    ++count;
  }
  return count;
}

TEST(FuzzReplay, EveryKeptFileIsAnsweredByTheVerifier) {
  EXPECT_GE(replay("verify", fuzz::verifyAnything), 2);
}

TEST(FuzzReplay, EveryKeptCmsIsAnswered) { EXPECT_GE(replay("cms", fuzz::readAnyCms), 1); }

}  // namespace
}  // namespace sohoa::test
