#include "core/durable.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/result.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> namesIn(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

/// The cause of the BatchError that `action` throws; nothing when it throws none.
std::optional<Cause> causeThrownBy(const std::function<void()>& action) {
  try {
    action();
  } catch (const BatchError& error) {
    EXPECT_FALSE(error.detail().empty()) << "the detail names the path";
    return error.cause();
  }
  return std::nullopt;
}

/// No file of this process may grow beyond `bytes` while it lives: a disk that is full.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(DurableWrite, CreatesAndReplacesAFileAndLeavesNothingElse) {
  const test::TemporaryFolder folder;
  writeFileDurably(folder / "row", "first");
  EXPECT_EQ(readFile(folder / "row"), "first");
  writeFileDurably(folder / "row", std::string("sec\0ond", 7));
  EXPECT_EQ(readFile(folder / "row"), std::string("sec\0ond", 7));
  writeFileDurably(folder / "row", "");
  EXPECT_EQ(readFile(folder / "row"), "");
  EXPECT_EQ(namesIn(folder.path()), std::vector<std::string>{"row"});
}

TEST(DurableWrite, KeepsTheOldFileWhenTheDiskIsFull) {
  const test::TemporaryFolder folder;
  writeFileDurably(folder / "row", "old");
  {
    const FileSizeLimit full(1000);
    EXPECT_EQ(causeThrownBy([&] { writeFileDurably(folder / "row", std::string(5000, 'x')); }),
              Cause::diskFull);
  }
  EXPECT_EQ(readFile(folder / "row"), "old");
  EXPECT_EQ(namesIn(folder.path()), std::vector<std::string>{"row"}) << "no temporary file stays";
}

TEST(DurableWrite, RemovesTheTemporaryFileWhenTheRenameFails) {
  const test::TemporaryFolder folder;
  fs::create_directories(folder / "row" / "inside");
  EXPECT_EQ(causeThrownBy([&] { writeFileDurably(folder / "row", "bytes"); }), Cause::diskError);
  EXPECT_TRUE(fs::is_directory(folder / "row" / "inside"));
  EXPECT_EQ(namesIn(folder.path()), std::vector<std::string>{"row"});
}

TEST(DurableWrite, SaysWhereWhenTheFolderIsMissing) {
  const test::TemporaryFolder folder;
  try {
    writeFileDurably(folder / "missing" / "row", "bytes");
    FAIL() << "there is no such folder";
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::diskError);
    EXPECT_NE(error.detail().find((folder / "missing").string()), std::string::npos)
        << error.detail();
  }
}

TEST(DurableWrite, PassesByTheLeftoversOfAKilledRunWithTheSameProcessNumber) {
  const test::TemporaryFolder folder;
  for (int i = 0; i < 200; ++i) {
    test::spill(folder / (".row.tmp" + std::to_string(::getpid()) + "-" + std::to_string(i)),
                "left");
  }
  writeFileDurably(folder / "row", "new");
  EXPECT_EQ(readFile(folder / "row"), "new");
  EXPECT_EQ(namesIn(folder.path()).size(), 201U) << "what is not its own it leaves alone";
}

TEST(DurableWrite, TakesAsLongANameAsTheFileSystem) {
  const test::TemporaryFolder folder;
  const std::string name(255, 'n');
  writeFileDurably(folder / name, "bytes");
  EXPECT_EQ(readFile(folder / name), "bytes");
}

TEST(DurableWrite, OfManyThreadsLeavesOneOfTheirFilesWhole) {
  const test::TemporaryFolder folder;
  std::vector<std::thread> threads;
  for (char letter = 'a'; letter < 'i'; ++letter) {
    threads.emplace_back([&folder, letter] {
      for (int i = 0; i < 20; ++i) writeFileDurably(folder / "row", std::string(70000, letter));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::string bytes = readFile(folder / "row");
  ASSERT_EQ(bytes.size(), 70000U);
  EXPECT_EQ(bytes, std::string(70000, bytes[0]));
  EXPECT_EQ(namesIn(folder.path()), std::vector<std::string>{"row"});
}

TEST(DurableCopy, CopiesEveryByte) {
  const test::TemporaryFolder folder;
  for (const std::size_t size : {0U, 1U, 1U << 18U, (1U << 18U) + 1}) {
    std::string data(size, '\0');
    for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<char>(i * 31 % 251);
    test::spill(folder / "from", data);
    copyFileDurably(folder / "from", folder / std::to_string(size));
    EXPECT_EQ(readFile(folder / std::to_string(size)), data);
  }
}

TEST(DurableCopy, NeverOverwrites) {
  const test::TemporaryFolder folder;
  test::spill(folder / "from", "new");
  test::spill(folder / "to", "old");
  EXPECT_EQ(causeThrownBy([&] { copyFileDurably(folder / "from", folder / "to"); }),
            Cause::diskError);
  EXPECT_EQ(readFile(folder / "to"), "old");
}

TEST(DurableCopy, LeavesNothingWhenTheDiskIsFull) {
  const test::TemporaryFolder folder;
  test::spill(folder / "from", std::string(100000, 'x'));
  {
    const FileSizeLimit full(1000);
    EXPECT_EQ(causeThrownBy([&] { copyFileDurably(folder / "from", folder / "to"); }),
              Cause::diskFull);
  }
  EXPECT_FALSE(fs::exists(folder / "to"));
}

TEST(DurableCopy, OfAMissingFileCreatesNothing) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(causeThrownBy([&] { copyFileDurably(folder / "missing", folder / "to"); }),
            Cause::diskError);
  EXPECT_FALSE(fs::exists(folder / "to"));
}

TEST(DurableRename, MovesBetweenFolders) {
  const test::TemporaryFolder folder;
  test::spill(folder / "a" / "one" / "row", "bytes");
  fs::create_directories(folder / "b");
  renameDurably(folder / "a" / "one", folder / "b" / "two");
  EXPECT_EQ(readFile(folder / "b" / "two" / "row"), "bytes");
  EXPECT_FALSE(fs::exists(folder / "a" / "one"));
}

TEST(DurableRename, RefusesToReplaceAFolderThatIsNotEmpty) {
  const test::TemporaryFolder folder;
  test::spill(folder / "new" / "row", "new");
  test::spill(folder / "old" / "row", "old");
  EXPECT_EQ(causeThrownBy([&] { renameDurably(folder / "new", folder / "old"); }),
            Cause::diskError);
  EXPECT_EQ(readFile(folder / "old" / "row"), "old");
  EXPECT_EQ(readFile(folder / "new" / "row"), "new");
}

TEST(DurableRename, FailsWithoutASource) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(causeThrownBy([&] { renameDurably(folder / "missing", folder / "to"); }),
            Cause::diskError);
}

TEST(DurableFolders, AreCreatedDownToTheLast) {
  const test::TemporaryFolder folder;
  createFoldersDurably(folder / "a" / "b" / "c");
  EXPECT_TRUE(fs::is_directory(folder / "a" / "b" / "c"));
  createFoldersDurably(folder / "a" / "b" / "c");
  createFoldersDurably(folder / "d" / "e" / "");
  EXPECT_TRUE(fs::is_directory(folder / "d" / "e"));
}

TEST(DurableFolders, AreNotTakenForAFileInTheWay) {
  const test::TemporaryFolder folder;
  test::spill(folder / "a", "a file");
  EXPECT_EQ(causeThrownBy([&] { createFoldersDurably(folder / "a"); }), Cause::diskError);
  EXPECT_EQ(causeThrownBy([&] { createFoldersDurably(folder / "a" / "b"); }), Cause::diskError);
}

TEST(DurableSync, FailsForWhatIsNotThere) {
  const test::TemporaryFolder folder;
  test::spill(folder / "row", "bytes");
  EXPECT_EQ(causeThrownBy([&] { syncFile(folder / "row"); }), std::nullopt);
  EXPECT_EQ(causeThrownBy([&] { syncFolder(folder.path()); }), std::nullopt);
  EXPECT_EQ(causeThrownBy([&] { syncFile(folder / "missing"); }), Cause::diskError);
  EXPECT_EQ(causeThrownBy([&] { syncFolder(folder / "row"); }), Cause::diskError)
      << "a file is not a folder";
}

TEST(ReadFile, ThrowsNamingWhatItCannotRead) {
  const test::TemporaryFolder folder;
  for (const fs::path& path : {folder / "missing", folder.path()}) {
    try {
      readFile(path);
      FAIL() << path << " has no bytes";
    } catch (const fs::filesystem_error& error) {
      EXPECT_EQ(error.path1(), path);
      EXPECT_TRUE(error.code()) << error.what();
    }
  }
}

}  // namespace
}  // namespace sohoa
