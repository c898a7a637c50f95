#include "tests/support/process.h"

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <system_error>

#include "tests/support/files.h"

namespace sohoa::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RunCommand, GivesOutputErrorsAndExitCode) {
  const CommandResult result = runCommand({"sh", "-c", "echo out; echo err >&2; exit 7"});
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_EQ(result.exitCode, 7);
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(result.describe(), testing::HasSubstr("exit code 7"));
}

TEST(RunCommand, TellsASignalFromAnExitCode) {
  const CommandResult result = runCommand({"sh", "-c", "kill -SEGV $$"});
  EXPECT_EQ(result.signal, SIGSEGV);
  EXPECT_EQ(result.exitCode, -1);
}

TEST(RunCommand, GivesFolderInputAndEnvironment) {
  const TemporaryFolder folder;
  CommandOptions options;
  options.folder = folder.path();
  options.input = std::string(200000, 'x');
  options.env = {{"SOHOA_TEST_WORD", "mưa"}};
  const CommandResult result =
      runCommand({"sh", "-c", "wc -c; pwd; printf %s \"$SOHOA_TEST_WORD\""}, options);
  EXPECT_EQ(result.out, "200000\n" + std::filesystem::canonical(folder.path()).string() + "\nmưa");
}

TEST(RunCommand, EndsWhatRunsTooLongWithAllThatItStarted) {
  CommandOptions options;
  options.timeout = seconds(1);  // six under the sanitizers
  const TemporaryFolder folder;
  options.folder = folder.path();
  const CommandResult result =
      runCommand({"sh", "-c", "(sleep 7; touch late) & sleep 30"}, options);
  EXPECT_TRUE(result.timedOut);
  EXPECT_EQ(result.signal, SIGKILL);
  options.timeout = seconds(30);
  EXPECT_FALSE(runCommand({"sh", "-c", "sleep 7; test -e late"}, options).ok());
}

TEST(RunCommand, ThrowsForAProgramThatIsNotThere) {
  EXPECT_THROW(runCommand({"no-such-program-here"}), std::system_error);
  EXPECT_FALSE(hasProgram("no-such-program-here"));
  EXPECT_TRUE(hasProgram("sh"));
}

TEST(ChildProcess, CanBeWatchedAndKilled) {
  Child child({"sh", "-c", "echo ready; sleep 30"});
  for (int i = 0; i < 500 && child.outputSoFar().empty(); ++i) child.waitFor(milliseconds(10));
  EXPECT_EQ(child.outputSoFar(), "ready\n");
  EXPECT_FALSE(child.waitFor(milliseconds(0)));
  child.signal(SIGTERM);
  const auto result = child.waitFor(seconds(10));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->signal, SIGTERM);
}

}  // namespace
}  // namespace sohoa::test
