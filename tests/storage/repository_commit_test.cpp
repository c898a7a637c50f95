#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <set>

#include "core/result.h"
#include "storage/ocfl/ocfl_layout.h"
#include "storage/repository/repository.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::content;
using test::slurp;
using test::someone;
using test::spill;
using testing::IsEmpty;

const std::string kId = "urn:sohoa:dossier:000.00.12.H46-210910-0001";

std::vector<ContentFile> firstFiles() {
  return {content("documents/a.pdf", "first pdf"), content("originals/001.jpg", "scan"),
          content("originals/002.jpg", "scan"), content("metadata.json", "{}")};
}
std::vector<ContentFile> secondFiles() {
  return {content("documents/a.pdf", "second pdf"), content("originals/001.jpg", "scan"),
          content("metadata.json", "{ }")};
}

/// One change that the repository was about to make.
struct Step {
  std::string operation;
  fs::path path;
};

/// What a power cut may undo of the steps already done: bytes and names that were not synced.
void loseUnsynced(const std::vector<Step>& done, const std::vector<fs::path>& renamedFrom) {
  std::set<fs::path> syncedFiles, syncedFolders;
  std::size_t rename = renamedFrom.size();
  // Syncs run together after all of them were announced: the last ones may not have happened.
  auto step = done.rbegin();
  while (step != done.rend() && step->operation.starts_with("sync")) ++step;
  for (; step != done.rend(); ++step) {
    const fs::path& path = step->path;
    if (step->operation == "sync file") syncedFiles.insert(path);
    if (step->operation == "sync folder") syncedFolders.insert(path);
    const bool nameLost = !syncedFolders.contains(path.parent_path());
    if (step->operation == "rename") {
      --rename;
      if (nameLost && fs::is_directory(path)) fs::rename(path, renamedFrom[rename]);
    }
    const bool made = step->operation == "write" || step->operation == "copy";
    if (made && !syncedFiles.contains(path) && fs::exists(path)) {
      fs::resize_file(path, fs::file_size(path) / 2);
    }
    if ((made || step->operation == "make folder") && nameLost && fs::exists(path) &&
        path.filename() != "sohoa-work") {
      fs::remove_all(path);
    }
  }
}

/// Runs `commit` in a child process that ends at its n-th change to the disk, before making it;
/// with `powerCut`, what was not synced is lost as well. False when it made fewer changes.
bool stopsAt(int n, const fs::path& root, bool powerCut,
             const std::function<void(Repository&)>& commit) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::vector<Step> steps;
    auto repository = Repository::open(root, [&](std::string_view operation, const fs::path& path) {
      if (static_cast<int>(steps.size()) == n) {
        const fs::path work = root / "extensions/sohoa-work" / encapsulationFolder(kId);
        std::vector<fs::path> from;
        for (const Step& step : steps) {
          if (step.operation != "rename") continue;
          from.push_back((step.path.parent_path() == root ? work / "new" : work) /
                         step.path.filename());
        }
        if (powerCut) loseUnsynced(steps, from);
        ::_exit(7);
      }
      steps.push_back({std::string(operation), path});
    });
    commit(repository);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  const int code = WEXITSTATUS(status);
  EXPECT_TRUE(code == 0 || code == 7) << code;
  return code == 7;
}

class CommitTest : public testing::Test {
 protected:
  CommitTest() { Repository::create(root_); }

  void expectWhole(const Repository& repository, int head) {
    EXPECT_THAT(test::errorsOf(repository.validateObject(kId)), IsEmpty());
    EXPECT_THAT(test::errorsOf(repository.validateRoot()), IsEmpty());
    for (int version = 1; version <= head; ++version) {
      const auto wanted = version == 1 ? firstFiles() : secondFiles();
      const auto files = repository.files(kId, version);
      EXPECT_EQ(files.size(), wanted.size());
      for (const ContentFile& file : wanted)
        EXPECT_EQ(slurp(files.at(file.logicalPath)), file.bytes);
    }
  }

  /// The repository as it is now, to come back to before every step.
  void keep() { fs::copy(root_, folder_ / "kept", fs::copy_options::recursive); }
  void restore() {
    fs::remove_all(root_);
    fs::copy(folder_ / "kept", root_, fs::copy_options::recursive);
  }

  test::TemporaryFolder folder_;
  fs::path root_ = folder_ / "repository";
};

TEST_F(CommitTest, StoresEqualContentOnce) {
  auto repository = Repository::open(root_);
  repository.commit(kId, 0, firstFiles(), someone());
  repository.commit(kId, 1, secondFiles(), someone());
  const fs::path object = root_ / repository.objectPath(kId);
  EXPECT_TRUE(fs::exists(object / "v1/content/originals/001.jpg"));
  EXPECT_FALSE(fs::exists(object / "v1/content/originals/002.jpg"));
  EXPECT_FALSE(fs::exists(object / "v2/content/originals"));
  expectWhole(repository, 2);
}

TEST_F(CommitTest, StoresEqualFilesOnceWhateverTheirSize) {
  const std::string big(3'000'000, 'x');
  spill(folder_ / "big", big);
  spill(folder_ / "same", big);
  spill(folder_ / "empty", "");
  auto repository = Repository::open(root_);
  const std::vector<ContentFile> files = {{"a/big", folder_ / "big", {}},
                                          {"b/same", folder_ / "same", {}},
                                          {"c/empty", folder_ / "empty", {}}};
  repository.commit(kId, 0, files, someone());
  repository.commit(kId, 1, files, someone());
  const fs::path object = root_ / repository.objectPath(kId);
  EXPECT_FALSE(fs::exists(object / "v1/content/b")) << "an empty folder would be E024";
  EXPECT_FALSE(fs::exists(object / "v2/content"));
  EXPECT_EQ(slurp(*repository.find(kId, "b/same")), big);
  EXPECT_EQ(slurp(*repository.find(kId, "c/empty")), "");
  EXPECT_THAT(repository.validateObject(kId), IsEmpty());
}

TEST_F(CommitTest, RefusesAnotherHeadThanExpected) {
  auto repository = Repository::open(root_);
  repository.commit(kId, 0, firstFiles(), someone());
  for (int wrong : {0, 2}) {
    try {
      repository.commit(kId, wrong, secondFiles(), someone());
      ADD_FAILURE();
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::repositoryDamaged);
    }
  }
  EXPECT_EQ(repository.head(kId), 1);
  EXPECT_FALSE(fs::exists(root_ / "extensions/sohoa-work"));
}

TEST_F(CommitTest, RefusesLogicalPathsThatAreNone) {
  auto repository = Repository::open(root_);
  for (const char* path : {"", "/a", "a/", "a//b", "../a", "a/../b", "./a"}) {
    EXPECT_THROW(repository.commit(kId, 0, {content(path, "x")}, someone()), std::invalid_argument)
        << path;
  }
  EXPECT_THROW(repository.commit(kId, 0, {content("a", "1"), content("a", "2")}, someone()),
               std::invalid_argument);
  EXPECT_THROW(repository.commit(kId, 0, {content("a", "1"), content("a/b", "2")}, someone()),
               std::invalid_argument);
  EXPECT_THROW(repository.commit(kId, 0, {}, someone()), std::invalid_argument);
  EXPECT_EQ(repository.head(kId), std::nullopt);
}

TEST_F(CommitTest, ReportsASourceThatCannotBeRead) {
  auto repository = Repository::open(root_);
  EXPECT_THROW(repository.commit(kId, 0, {{"a", folder_ / "missing", {}}}, someone()), BatchError);
  EXPECT_EQ(repository.head(kId), std::nullopt);
  EXPECT_THAT(repository.validateRoot(), IsEmpty());
}

class CrashTest : public CommitTest, public testing::WithParamInterface<bool> {};

TEST_P(CrashTest, LeavesANewObjectWholeOrAbsentAtEveryStep) {
  int absent = 0, whole = 0, n = 0;
  keep();
  for (;; ++n) {
    restore();
    const auto reader = Repository::open(root_);
    if (!stopsAt(n, root_, GetParam(), [](Repository& repository) {
          repository.commit(kId, 0, firstFiles(), someone());
        })) {
      break;
    }
    const auto seen = reader.head(kId);
    auto repository = Repository::open(root_);
    EXPECT_EQ(repository.head(kId), seen) << "step " << n;
    EXPECT_FALSE(fs::exists(root_ / "extensions/sohoa-work")) << "step " << n;
    ++(seen ? whole : absent);
    if (seen) expectWhole(repository, 1);
    EXPECT_THAT(repository.validateRoot(), IsEmpty()) << "step " << n;
    if (!seen) repository.commit(kId, 0, firstFiles(), someone());
    expectWhole(repository, 1);
  }
  EXPECT_GT(absent, 15) << "of " << n;
  EXPECT_GE(whole, GetParam() ? 0 : 1) << "of " << n;
}

TEST_P(CrashTest, LeavesTheOldOrTheNewVersionAtEveryStep) {
  int before = 0, after = 0, n = 0;
  Repository::open(root_).commit(kId, 0, firstFiles(), someone());
  keep();
  for (;; ++n) {
    restore();
    const auto reader = Repository::open(root_);
    if (!stopsAt(n, root_, GetParam(), [](Repository& repository) {
          repository.commit(kId, 1, secondFiles(), someone());
        })) {
      break;
    }
    const auto seen = reader.head(kId);  // without recovery
    ASSERT_TRUE(seen == 1 || seen == 2) << "step " << n;
    for (const auto& [path, file] : reader.files(kId)) EXPECT_FALSE(slurp(file).empty());
    auto repository = Repository::open(root_);
    const auto head = repository.head(kId);
    ASSERT_TRUE(head == 1 || head == 2) << "step " << n;
    EXPECT_GE(*head, *seen) << "recovery never goes back";
    ++(head == 1 ? before : after);
    EXPECT_FALSE(fs::exists(root_ / "extensions/sohoa-work")) << "step " << n;
    expectWhole(repository, *head);
    if (head == 1) repository.commit(kId, 1, secondFiles(), someone());
    expectWhole(repository, 2);
  }
  EXPECT_GT(before, 10) << "of " << n;
  EXPECT_GE(after, 3) << "of " << n;
}

INSTANTIATE_TEST_SUITE_P(AndAPowerCut, CrashTest, testing::Bool(), [](const auto& tested) {
  return tested.param ? "WhenUnsyncedIsLost" : "WhenTheProcessDies";
});

TEST_F(CommitTest, LeavesThePreviousStateWhenAnyStepFails) {
  Repository::open(root_).commit(kId, 0, firstFiles(), someone());
  keep();
  for (int n = 0;; ++n) {
    restore();
    int step = 0;
    bool failing = false;
    auto repository = Repository::open(root_, [&](std::string_view, const fs::path& path) {
      if (failing && step++ == n) throw BatchError(Cause::diskFull, path.string());
    });
    failing = true;
    try {
      repository.commit(kId, 1, secondFiles(), someone());
      EXPECT_GT(n, 20);
      break;
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::diskFull);
    }
    failing = false;
    // Only the last renames can leave the new version behind; then it is whole.
    const auto head = repository.head(kId);
    ASSERT_TRUE(head == 1 || head == 2) << "step " << n;
    auto reopened = Repository::open(root_);
    expectWhole(reopened, *reopened.head(kId));
    if (reopened.head(kId) == 1) repository.commit(kId, 1, secondFiles(), someone());
    expectWhole(repository, 2);
    EXPECT_FALSE(fs::exists(root_ / "extensions/sohoa-work")) << "step " << n;
  }
}

TEST_F(CommitTest, CallsAFullDiskAFullDisk) {
  // The limit on file size stands for the limit of the disk: write(2) fails just the same.
  spill(folder_ / "big", std::string(1'000'000, 'x'));
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{500'000, 500'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      Repository::open(root_).commit(kId, 0, {{"big", folder_ / "big", {}}}, someone());
    } catch (const BatchError& error) {
      ::_exit(error.cause() == Cause::diskFull ? 0 : 1);
    }
    ::_exit(2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(Repository::open(root_).head(kId), std::nullopt);
  EXPECT_THAT(Repository::open(root_).validateRoot(), IsEmpty());
}

TEST_F(CommitTest, SurvivesAFullFileSystem) {
  const fs::path mount = folder_ / "small";
  fs::create_directory(mount);
  const pid_t child = ::fork();
  if (child == 0) {
    // In a mount namespace of its own, so that nothing stays behind.
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("sohoa", mount.c_str(), "tmpfs", 0, "size=1m") != 0) {
      ::_exit(77);
    }
    const fs::path root = mount / "repository";
    Repository::create(root);
    auto repository = Repository::open(root);
    repository.commit(kId, 0, firstFiles(), someone());
    bool full = false;
    try {
      repository.commit(kId, 1, {content("big", std::string(2'000'000, 'x'))}, someone());
    } catch (const BatchError& error) {
      full = error.cause() == Cause::diskFull;
    }
    const bool old = repository.head(kId) == 1 && repository.validateObject(kId).empty() &&
                     repository.validateRoot().empty();
    const bool again = repository.commit(kId, 1, secondFiles(), someone()) == 2;
    ::_exit(full && old && again && repository.validateObject(kId).empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "a tmpfs cannot be mounted here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace sohoa
