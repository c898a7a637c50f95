#include "storage/ledger/ledger.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "core/result.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::slurp;
using test::spill;

LedgerEntry entry(const std::string& subject) {
  LedgerEntry e;
  e.at = test::at(5);
  e.actor = "sohoa run";
  e.action = "dossier.filed";
  e.subject = subject;
  e.details = {{"lý do", "số hóa \"hồ sơ\"\n"}, {"version", "1"}};
  return e;
}

class LedgerTest : public testing::Test {
 protected:
  /// Three entries.
  void fill() {
    Ledger ledger(file_);
    for (const char* subject : {"a", "b", "c"}) ledger.append(entry(subject));
  }
  std::vector<std::string> lines() {
    std::vector<std::string> lines;
    std::string text = slurp(file_);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      lines.push_back(text.substr(at, text.find('\n', at) - at));
    }
    return lines;
  }
  void write(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    spill(file_, text);
  }
  test::TemporaryFolder folder_;
  fs::path file_ = folder_ / "ledger.jsonl";
};

TEST_F(LedgerTest, ChainsEveryEntryToTheOneBefore) {
  Ledger ledger(file_);
  const LedgerEntry first = ledger.append(entry("a"));
  const LedgerEntry second = ledger.append(entry("b"));
  EXPECT_EQ(first.sequence, 1u);
  EXPECT_EQ(first.previous, Sha512{});
  EXPECT_EQ(second.sequence, 2u);
  EXPECT_EQ(second.previous, first.hash);
  EXPECT_EQ(ledger.check().entries, 2u);
  EXPECT_FALSE(ledger.check().firstBroken);
  std::vector<std::string> subjects;
  ledger.forEach([&](const LedgerEntry& e) {
    subjects.push_back(e.subject);
    EXPECT_EQ(e.details.at("lý do"), "số hóa \"hồ sơ\"\n");
    EXPECT_EQ(e.at, test::at(5));
  });
  EXPECT_EQ(subjects, (std::vector<std::string>{"a", "b"}));
}

TEST_F(LedgerTest, TakesManyEntriesAtOnceOrNone) {
  fill();
  Ledger ledger(file_);
  int n = 0;
  const auto next = [&]() -> std::optional<LedgerEntry> {
    if (++n > 3000) return std::nullopt;
    return entry("d" + std::to_string(n) + std::string(500, 'x'));
  };
  EXPECT_EQ(ledger.appendAll(next), 3000u);
  EXPECT_EQ(ledger.check().entries, 3003u);
  EXPECT_FALSE(ledger.check().firstBroken);
  const std::string before = slurp(file_);
  n = 0;
  const auto fails = [&]() -> std::optional<LedgerEntry> {
    if (++n > 2500) throw std::runtime_error("the source ends badly");
    return entry(std::string(1000, 'y'));
  };
  EXPECT_THROW(ledger.appendAll(fails), std::runtime_error);
  EXPECT_EQ(slurp(file_), before);
  EXPECT_EQ(ledger.append(entry("last")).sequence, 3004u);
  EXPECT_EQ(ledger.appendAll([] { return std::optional<LedgerEntry>(); }), 0u);
  EXPECT_FALSE(ledger.check().firstBroken);
}

TEST_F(LedgerTest, IsEmptyBeforeTheFirstEntry) {
  const Ledger ledger(file_);
  EXPECT_EQ(ledger.check().entries, 0u);
  EXPECT_FALSE(ledger.check().firstBroken);
  EXPECT_FALSE(fs::exists(file_));
}

// The recipe of storage/README.md, with tools that are not ours.
TEST_F(LedgerTest, CanBeCheckedWithSha512sum) {
  fill();
  const std::string script =
      "previous=$(printf '0%.0s' $(seq 128)); n=0\n"
      "while IFS= read -r line; do\n"
      "  n=$((n + 1)); hash=${line##*,\\\"hash\\\":\\\"}; hash=${hash%\\\"\\}}\n"
      "  body=${line%,\\\"hash\\\":*}\n"
      "  test \"$(printf '%s}' \"$body\" | sha512sum | cut -d' ' -f1)\" = \"$hash\" || exit 1\n"
      "  case $body in *\"\\\"previous\\\":\\\"$previous\\\",\\\"sequence\\\":$n,\"*) ;; *) exit "
      "2;; "
      "esac\n"
      "  previous=$hash\n"
      "done <'" +
      file_.string() + "'; test $n = 3\n";
  spill(folder_ / "check.sh", script);
  const std::string command = "sh '" + (folder_ / "check.sh").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::string text = slurp(file_);
  text[text.find("dossier.filed")] = 'D';
  spill(file_, text);
  EXPECT_NE(std::system(command.c_str()), 0);
}

TEST_F(LedgerTest, NamesTheFirstBrokenLink) {
  fill();
  const auto good = lines();
  const auto broken = [&](std::vector<std::string> changed) {
    write(changed);
    return Ledger(file_).check().firstBroken;
  };
  auto changed = good;
  changed[1].replace(changed[1].find("sohoa run"), 9, "nobody   ");
  EXPECT_EQ(broken(changed), 2u);
  EXPECT_EQ(broken({good[0], good[2]}), 2u) << "one left out";
  EXPECT_EQ(broken({good[1], good[2]}), 1u) << "the first left out";
  EXPECT_EQ(broken({good[1], good[0], good[2]}), 1u) << "two swapped";
  EXPECT_EQ(broken({good[0], "", good[2]}), 2u);
  EXPECT_EQ(broken({good[0], good[1] + " ", good[2]}), 2u) << "a byte added behind the hash";
  EXPECT_EQ(broken({good[0], good[1], good[1], good[2]}), 3u) << "one twice";
  EXPECT_EQ(broken(good), std::nullopt);
}

TEST_F(LedgerTest, IsNotContinuedAfterAChangedLastEntry) {
  fill();
  auto changed = lines();
  changed[2].replace(changed[2].find("sohoa run"), 9, "nobody   ");
  write(changed);
  try {
    Ledger ledger(file_);
    ADD_FAILURE();
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::ledgerBroken);
  }
}

TEST_F(LedgerTest, CutsOffALineThatACrashLeftUnfinished) {
  fill();
  const std::string whole = slurp(file_);
  const std::size_t second = whole.find('\n', whole.find('\n') + 1) + 1;
  for (std::size_t size : {second + 1, second + 50, whole.size() - 1}) {
    spill(file_, whole.substr(0, size));
    Ledger ledger(file_);
    EXPECT_EQ(slurp(file_), whole.substr(0, second));
    EXPECT_EQ(ledger.append(entry("c")).sequence, 3u);
    EXPECT_EQ(slurp(file_), whole) << "the same entry gives the same line";
  }
  spill(file_, whole.substr(0, 10));
  Ledger ledger(file_);
  EXPECT_EQ(fs::file_size(file_), 0u);
}

TEST_F(LedgerTest, CutsOffALongUnfinishedLine) {
  fill();
  const std::string whole = slurp(file_);
  spill(file_, whole + std::string(20'000, 'x'));
  Ledger ledger(file_);
  EXPECT_EQ(slurp(file_), whole);
}

TEST_F(LedgerTest, TakesEntriesFromSeveralProcesses) {
  constexpr int kProcesses = 4, kEntries = 30;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    Ledger ledger(file_);
    for (int i = 0; i < kEntries; ++i) ledger.append(entry(std::to_string(process)));
    ::_exit(0);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const auto check = Ledger(file_).check();
  EXPECT_EQ(check.entries, static_cast<std::uint64_t>(kProcesses * kEntries));
  EXPECT_FALSE(check.firstBroken) << check.problem;
}

TEST_F(LedgerTest, IsAsItWasWhenTheDiskIsFull) {
  fill();
  const std::string before = slurp(file_);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{before.size() + 100, before.size() + 100};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      Ledger(file_).append(entry("d"));
    } catch (const BatchError& error) {
      ::_exit(error.cause() == Cause::diskFull ? 0 : 1);
    }
    ::_exit(2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(slurp(file_), before);
}

TEST_F(LedgerTest, TakesBytesThatAreNoText) {
  Ledger ledger(file_);
  LedgerEntry odd = entry("name \xFF.jpg");
  odd.details["folder"] = "\xC3";
  ledger.append(odd);
  EXPECT_FALSE(ledger.check().firstBroken);
  EXPECT_EQ(ledger.check().entries, 1u);
}

}  // namespace
}  // namespace sohoa
