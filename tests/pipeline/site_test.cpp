#include "pipeline/site/site.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <set>
#include <vector>

#include "core/result.h"
#include "pipeline/site/site_lock.h"
#include "pipeline/site/site_template.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// What Site::open says of this sohoa.toml: "" when it takes it.
std::string complaint(const std::string& toml) {
  const test::TemporaryFolder folder;
  test::spill(folder / "sohoa.toml", toml);
  try {
    (void)Site::open(folder.path());
    return "";
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::siteConfig);
    return error.detail();
  }
}

std::string with(const std::string& more) { return "[site]\nagency = \"Sở\"\n" + more; }

TEST(SiteTemplate, IsTakenAndSaysWhatTheDefaultsAre) {
  const test::TemporaryFolder folder;
  test::spill(folder / "sohoa.toml", siteTemplate("Sở TN&MT", true));
  const Config config = Site::open(folder.path()).config(), defaults;
  EXPECT_EQ(config.agency, "Sở TN&MT");
  EXPECT_TRUE(config.demo);
  EXPECT_EQ(config.recognition.tessdata, defaults.recognition.tessdata);
  EXPECT_EQ(config.recognition.model, defaults.recognition.model);
  EXPECT_EQ(config.recognition.pageTimeoutSeconds, defaults.recognition.pageTimeoutSeconds);
  EXPECT_EQ(config.recognition.pageAttempts, defaults.recognition.pageAttempts);
  EXPECT_EQ(config.recognition.workerMemoryMegabytes, defaults.recognition.workerMemoryMegabytes);
  EXPECT_EQ(config.quality.minDpi, defaults.quality.minDpi);
  EXPECT_EQ(config.quality.minConfidence, defaults.quality.minConfidence);
  EXPECT_EQ(config.quality.maxUnreadInk, defaults.quality.maxUnreadInk);
  EXPECT_EQ(config.signing.pkcs12, defaults.signing.pkcs12);
  EXPECT_EQ(config.signing.passwordFile, defaults.signing.passwordFile);
  EXPECT_EQ(config.signing.formOfCopy, defaults.signing.formOfCopy);
  EXPECT_EQ(config.signing.font, defaults.signing.font);
  EXPECT_EQ(config.signing.trust, defaults.signing.trust);
  EXPECT_EQ(config.report.targetPercent, defaults.report.targetPercent);
}

TEST(SiteConfig, NeedsTheAgencyAndNothingElse) {
  EXPECT_EQ(complaint(with("")), "");
  EXPECT_THAT(complaint(""), HasSubstr("site.agency"));
}

TEST(SiteConfig, RefusesAMisspeltKeyInsteadOfADefault) {
  EXPECT_THAT(complaint(with("[quality]\nmin_dpy = 300\n")), HasSubstr("quality.min_dpy"));
  EXPECT_THAT(complaint(with("[qualiti]\nmin_dpi = 300\n")), HasSubstr("qualiti.min_dpi"));
  EXPECT_THAT(complaint("agency = \"Sở\"\n"), HasSubstr("agency"));
}

TEST(SiteConfig, RefusesAValueOfAnotherType) {
  for (const char* line : {"[site]\nagency = 7\n", "[site]\nagency = \"Sở\"\ndemo = \"yes\"\n"}) {
    EXPECT_THAT(complaint(line), HasSubstr("wrong type")) << line;
  }
  EXPECT_THAT(complaint(with("[recognition]\npage_attempts = \"two\"\n")),
              HasSubstr("recognition.page_attempts"));
  EXPECT_THAT(complaint(with("[recognition]\npage_attempts = 2.5\n")), HasSubstr("wrong type"));
  EXPECT_THAT(complaint(with("[recognition]\npage_attempts = 99999999999\n")),
              HasSubstr("wrong type"));
  EXPECT_THAT(complaint(with("[signing]\npkcs12 = [\"a\"]\n")), HasSubstr("wrong type"));
}

TEST(SiteConfig, TakesWholeNumbersForFractions) {
  EXPECT_EQ(complaint(with("[quality]\nmin_dpi = 300\nmin_confidence = 1\nmax_unread_ink = 0\n")),
            "");
}

TEST(SiteConfig, RefusesWhatIsOutOfRange) {
  for (const char* line :
       {"[recognition]\npage_timeout_seconds = 0\n", "[recognition]\npage_attempts = 0\n",
        "[recognition]\nworker_memory_megabytes = 10\n", "[quality]\nmin_dpi = 0\n",
        "[quality]\nmin_confidence = 1.01\n", "[quality]\nmin_confidence = nan\n",
        "[quality]\nmax_unread_ink = -0.1\n", "[report]\ntarget_percent = 101\n"}) {
    EXPECT_THAT(complaint(with(line)), HasSubstr("must lie between")) << line;
  }
}

TEST(SiteConfig, NamesTheLineThatIsNoToml) {
  EXPECT_THAT(complaint(with("[quality\n")), HasSubstr("line 3"));
}

TEST(SiteOpen, SaysWhenThereIsNoSite) {
  const test::TemporaryFolder folder;
  try {
    (void)Site::open(folder / "nowhere");
    ADD_FAILURE() << "opened";
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::siteMissing);
    EXPECT_THAT(error.detail(), HasSubstr("nowhere"));
  }
}

TEST(SiteCreate, MakesAllFoldersAndKeepsTheKeysToTheirOwner) {
  const test::TemporaryFolder folder;
  Site::create(folder / "kho", false, SystemClock());
  const Site site = Site::open(folder / "kho");
  for (const fs::path& path : {site.intake(), site.review(), site.quarantine(), site.repository(),
                               site.batches(), site.work(), site.processed(), site.trust()}) {
    EXPECT_TRUE(fs::is_directory(path)) << path;
  }
  EXPECT_FALSE(site.config().demo);
  EXPECT_EQ(fs::status(site.root() / "keys").permissions(), fs::perms::owner_all);
}

TEST(SiteCreate, RefusesAFolderInUse) {
  const test::TemporaryFolder folder;
  test::spill(folder / "x", "");
  EXPECT_THROW(Site::create(folder.path(), false, SystemClock()), BatchError);
  EXPECT_THROW(Site::create(folder / "x", false, SystemClock()), BatchError);
}

/// What is left of init killed at each moment: the folders, the repository and the keys grow.
TEST(SiteCreate, GoesOnWithWhatAKilledOneLeft) {
  for (const bool demo : {true, false}) {
    const test::TemporaryFolder folder;
    Site::create(folder / "whole", demo, SystemClock());
    std::vector<std::vector<std::string>> missing = {{}};
    missing.push_back({"repository/0=ocfl_1.1"});
    missing.push_back({"repository/0=ocfl_1.1", "repository/README.txt", "trust", "keys"});
    missing.push_back({"repository", "trust", "keys", "state", "intake", "review", "quarantine"});
    if (demo) missing.push_back({"keys/tsa.p12", "trust/demo-root.pem"});
    for (std::size_t i = 0; i < missing.size(); ++i) {
      const fs::path kho = folder / std::to_string(i);
      fs::copy(folder / "whole", kho, fs::copy_options::recursive);
      fs::rename(kho / "sohoa.toml", kho / "sohoa.toml.unfinished");
      for (const std::string& name : missing[i]) fs::remove_all(kho / name);
      if (fs::exists(kho / "trust")) test::spill(kho / "trust/.demo-root.pem.tmp12-3", "-----BEG");
      EXPECT_THROW((void)Site::open(kho), BatchError);
      Site::create(kho, demo, SystemClock());
      EXPECT_EQ(Site::open(kho).config().demo, demo);
      EXPECT_EQ(test::slurp(kho / "sohoa.toml"), test::slurp(folder / "whole/sohoa.toml"));
      std::set<std::string> names, wanted;
      for (const auto& entry : fs::recursive_directory_iterator(kho)) {
        names.insert(fs::relative(entry.path(), kho).string());
      }
      for (const auto& entry : fs::recursive_directory_iterator(folder / "whole")) {
        wanted.insert(fs::relative(entry.path(), folder / "whole").string());
      }
      EXPECT_EQ(names, wanted) << i;
    }
  }
}

TEST(SiteCreate, GoesOnWhenTheFirstFileWasHalfWritten) {
  const test::TemporaryFolder folder;
  test::spill(folder / "kho/.sohoa.toml.unfinished.tmp99-0", "[si");
  Site::create(folder / "kho", false, SystemClock());
  EXPECT_FALSE(Site::open(folder / "kho").config().demo);
  EXPECT_FALSE(fs::exists(folder / "kho/.sohoa.toml.unfinished.tmp99-0"));
}

TEST(SiteCreate, DoesNotGoOnWithAnotherKindOfSiteNorTakeAFinishedOne) {
  const test::TemporaryFolder folder;
  test::spill(folder / "begun/sohoa.toml.unfinished", siteTemplate("Sở", true));
  EXPECT_THROW(Site::create(folder / "begun", false, SystemClock()), BatchError);
  Site::create(folder / "kho", false, SystemClock());
  test::spill(folder / "kho/sohoa.toml.unfinished", siteTemplate("Sở", false));
  test::spill(folder / "kho/repository/kept", "x");
  EXPECT_THROW(Site::create(folder / "kho", false, SystemClock()), BatchError);
  EXPECT_TRUE(fs::exists(folder / "kho/repository/kept"));
}

TEST(SiteCreate, LeavesAFolderAloneThatAnotherProcessIsMaking) {
  const test::TemporaryFolder folder;
  const fs::path file = folder / "kho/sohoa.toml.unfinished";
  test::spill(file, siteTemplate("Sở", false));
  const int held = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(held, LOCK_EX), 0);
  try {
    Site::create(folder / "kho", false, SystemClock());
    ADD_FAILURE() << "two at once";
  } catch (const BatchError& error) {
    EXPECT_EQ(error.cause(), Cause::siteBusy);
  }
  ::close(held);
}

TEST(SiteClock, IsFixedByTheEnvironmentOnADemonstrationSiteOnly) {
  ::setenv("SOHOA_CLOCK", "2021-09-10T00:00:00Z", 1);
  for (const bool demo : {true, false}) {
    const test::TemporaryFolder folder;
    test::spill(folder / "sohoa.toml", siteTemplate("Sở", demo));
    const bool fixed = isoUtc(Site::open(folder.path()).clock()->now()) == "2021-09-10T00:00:00Z";
    EXPECT_EQ(fixed, demo);
  }
  ::setenv("SOHOA_CLOCK", "yesterday", 1);
  const test::TemporaryFolder folder;
  test::spill(folder / "sohoa.toml", siteTemplate("Sở", true));
  EXPECT_THROW(Site::open(folder.path()).clock(), BatchError);
  ::unsetenv("SOHOA_CLOCK");
}

TEST(SiteLock, IsHeldByOne) {
  const test::TemporaryFolder folder;
  Site::create(folder / "kho", false, SystemClock());
  const Site site = Site::open(folder / "kho");
  {
    const SiteLock lock(site);
    try {
      const SiteLock second(site);
      ADD_FAILURE() << "two locks";
    } catch (const BatchError& error) {
      EXPECT_EQ(error.cause(), Cause::siteBusy);
    }
  }
  EXPECT_NO_THROW(SiteLock{site});
}

}  // namespace
}  // namespace sohoa
