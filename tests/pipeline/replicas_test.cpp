#include "pipeline/audit/replicas.h"

#include <gmock/gmock.h>

#include "core/result.h"
#include "pipeline/audit/audit.h"
#include "pipeline/audit/catalogue_rebuild.h"
#include "storage/ledger/ledger.h"
#include "storage/repository/repository.h"
#include "storage/validator/validator.h"
#include "tests/pipeline/filed_site.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::FiledSite;
using test::slurp;
using test::spill;
using testing::HasSubstr;

class Replicas : public testing::Test {
 protected:
  ReplicaSummary copy(bool verify = false) const { return replicate(site_.site(), copy_, verify); }
  static std::string problems(const ReplicaSummary& summary) {
    std::string text;
    for (const auto& problem : summary.problems) text += problem.where + ": " + problem.what + "\n";
    return text;
  }
  void damage(const fs::path& object) const {
    for (const auto& entry : fs::recursive_directory_iterator(object / "v1/content/documents")) {
      std::string bytes = slurp(entry.path());
      bytes[0] ^= 1;
      spill(entry.path(), bytes);
    }
  }
  FiledSite site_{3};
  fs::path copy_ = site_.folder() / "copy";
};

TEST_F(Replicas, CopyWhatIsNewAndNothingElse) {
  const ReplicaSummary first = copy(true);
  EXPECT_TRUE(first.complete) << problems(first);
  EXPECT_EQ(first.objects, 3);
  EXPECT_EQ(first.copied, 3);
  EXPECT_EQ(first.ledgerEntries, 3);
  EXPECT_TRUE(first.sameDisk);
  const ReplicaSummary again = copy();
  EXPECT_TRUE(again.complete);
  EXPECT_EQ(again.copied, 0);
  EXPECT_EQ(again.bytes, 0u);
  site_.file(2, 1, "quét lại");
  site_.file(4);
  const ReplicaSummary third = copy(true);
  EXPECT_TRUE(third.complete) << problems(third);
  EXPECT_EQ(third.copied, 2);
  EXPECT_EQ(slurp(copy_ / "ledger.jsonl"), slurp(site_.site().ledger()));
  EXPECT_EQ(knownReplicas(site_.site()).size(), 1u);
  int objects = 0;
  forEachOcflObject(copy_ / "repository", [&](const fs::path& object) {
    for (const auto& finding : validateOcflObject(object))
      EXPECT_TRUE(finding.warning()) << finding.what;
    ++objects;
  });
  EXPECT_EQ(objects, 4);
}

TEST_F(Replicas, NeverTakeADamagedObjectOverAGoodOne) {
  copy();
  site_.file(4);
  damage(site_.objectPlace(4));
  const ReplicaSummary summary = copy();
  EXPECT_FALSE(summary.complete);
  EXPECT_THAT(problems(summary), HasSubstr(FiledSite::code(4) + ": is damaged"));
  EXPECT_FALSE(Repository::open(copy_ / "repository").head(FiledSite::object(4)));
}

TEST_F(Replicas, SayWhatIsGoneFromTheSiteAndKeepIt) {
  copy();
  fs::remove_all(site_.objectPlace(2));
  const ReplicaSummary summary = copy();
  EXPECT_THAT(problems(summary), HasSubstr("is in the copy but not in the site"));
  EXPECT_TRUE(Repository::open(copy_ / "repository").head(FiledSite::object(2)));
}

TEST_F(Replicas, FindDamageInTheCopyWhenAsked) {
  copy();
  const auto repository = Repository::open(copy_ / "repository");
  damage(copy_ / "repository" / repository.objectPath(FiledSite::object(1)));
  EXPECT_TRUE(copy(false).complete);
  EXPECT_THAT(problems(copy(true)), HasSubstr("in the copy: E092"));
}

TEST_F(Replicas, RefuseWhatIsNoCopyOfThisSite) {
  const auto refuses = [&](const fs::path& folder) {
    try {
      replicate(site_.site(), folder, false);
    } catch (const BatchError& error) {
      return error.cause() == Cause::repositoryForeign;
    }
    return false;
  };
  spill(site_.folder() / "other/letter.txt", "x");
  EXPECT_TRUE(refuses(site_.folder() / "other"));
  EXPECT_TRUE(refuses(site_.site().root() / "copy")) << "a copy inside the site";
  const FiledSite other(1);
  copy();
  EXPECT_THROW(replicate(other.site(), copy_, false), BatchError) << "another site's copy";
  // A ledger whose tail was cut off does not shorten the copy's.
  const std::string lines = slurp(site_.site().ledger());
  spill(site_.site().ledger(), lines.substr(0, lines.find('\n') + 1));
  EXPECT_TRUE(refuses(copy_));
  EXPECT_EQ(slurp(copy_ / "ledger.jsonl"), lines);
}

TEST_F(Replicas, GoOnWhereAKillLeftThem) {
  copy();
  const std::string lines = slurp(copy_ / "ledger.jsonl");
  fs::remove_all(copy_);
  // A copy that was cut off in its first object and in the middle of a ledger line.
  spill(copy_ / "copy.json", R"({"format":1,"complete":false})");
  fs::create_directories(copy_ / "repository/extensions/sohoa-work/urn%3ax/new/abc");
  spill(copy_ / "ledger.jsonl", lines.substr(0, lines.size() / 2));
  const ReplicaSummary summary = copy(true);
  EXPECT_TRUE(summary.complete) << problems(summary);
  EXPECT_EQ(slurp(copy_ / "ledger.jsonl"), lines);
  EXPECT_FALSE(fs::exists(copy_ / "repository/extensions/sohoa-work"));
}

TEST_F(Replicas, BringBackAWholeSite) {
  test::spill(site_.site().anchors() / "000000000003.json.p7s", "a signature");
  site_.file(2, 1, "quét lại");
  copy();
  const auto before = test::slurp(site_.site().ledger());
  fs::remove_all(site_.site().repository());
  fs::remove_all(site_.site().state());
  fs::create_directories(site_.site().batches());
  fs::create_directories(site_.site().work());
  const ReplicaSummary summary = restore(site_.site(), copy_);
  EXPECT_TRUE(summary.complete) << problems(summary);
  EXPECT_EQ(summary.objects, 3);
  EXPECT_EQ(summary.versions, 4);
  EXPECT_EQ(summary.copied, 3);
  EXPECT_EQ(test::slurp(site_.site().ledger()), before);
  EXPECT_EQ(test::slurp(site_.site().anchors() / "000000000003.json.p7s"), "a signature");
  const RebuildSummary rebuilt = rebuild(site_.site());
  EXPECT_EQ(rebuilt.dossiers, 3);
  EXPECT_EQ(site_.auditErrors(), "");
}

TEST_F(Replicas, ReplaceWhatIsDamagedAndKeepTheDamagedAside) {
  copy();
  damage(site_.objectPlace(1));
  spill(site_.objectPlace(3) / "inventory.json", "{");
  site_.file(4);
  const ReplicaSummary summary = restore(site_.site(), copy_);
  EXPECT_TRUE(summary.complete) << problems(summary);
  EXPECT_EQ(summary.copied, 2);
  EXPECT_EQ(site_.auditErrors(), "");
  int aside = 0;
  for (const auto& entry : fs::recursive_directory_iterator(site_.site().state() / "damaged")) {
    aside += entry.path().filename() == "0=ocfl_object_1.1" ? 1 : 0;
  }
  EXPECT_EQ(aside, 2);
  EXPECT_TRUE(Repository::open(site_.site().repository()).head(FiledSite::object(4)))
      << "newer than the copy";
}

TEST_F(Replicas, BringBackABrokenLedgerAndKeepTheBrokenOne) {
  copy();
  std::string lines = slurp(site_.site().ledger());
  lines[lines.find("sohoa run")] = 'S';
  spill(site_.site().ledger(), lines);
  EXPECT_TRUE(restore(site_.site(), copy_).complete);
  EXPECT_EQ(site_.auditErrors(), "");
  bool kept = false;
  for (const auto& entry : fs::directory_iterator(site_.site().state())) {
    kept = kept || (entry.path().string().find("broken") != std::string::npos &&
                    slurp(entry.path()) == lines);
  }
  EXPECT_TRUE(kept);
}

}  // namespace
}  // namespace sohoa
