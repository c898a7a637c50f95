#include "pipeline/intake/register_import.h"

#include <gmock/gmock.h>

#include "core/durable.h"
#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/ledger/ledger.h"
#include "tests/pipeline/filed_site.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using test::FiledSite;
using testing::HasSubstr;

class ImportedRegister : public testing::Test {
 protected:
  RegisterImport import(const std::string& csv, bool dryRun = false) {
    test::spill(folder_ / "sổ.csv", csv);
    problems_.clear();
    RegisterImportOptions options;
    options.person = "lan";
    options.dryRun = dryRun;
    RegisterImportListener listener;
    listener.problem = [this](const RegisterProblem& what) { problems_.push_back(what.line); };
    return importRegister(site_.site(), folder_ / "sổ.csv", options, listener);
  }
  std::string row(int n, const std::string& unit, const std::string& more = "") const {
    return FiledSite::code(n) + ",2021-09-10," + unit + "," + more + "\n";
  }
  std::string inRepository() const {
    const auto repository = Repository::open(site_.site().repository());
    return readFile(*repository.find(std::string(kRegisterObject), std::string(kRegisterFile)));
  }
  std::vector<LedgerEntry> ledger(const std::string& action) const {
    std::vector<LedgerEntry> entries;
    Ledger(site_.site().ledger()).forEach([&](const LedgerEntry& entry) {
      if (entry.action == action) entries.push_back(entry);
    });
    return entries;
  }
  std::string unitOf(int n) const {
    const auto row = site_.site().catalogue().open()->registered(FiledSite::code(n));
    return row ? row->unit : "unknown";
  }
  const std::string kHead = "dossier_code,received_on,unit,excluded_reason\n";
  test::TemporaryFolder folder_;
  FiledSite site_;
  std::vector<int> problems_;
};

TEST_F(ImportedRegister, IsUpdatedAndNeverDoubledWithEveryChangeInTheLedger) {
  auto done = import(kHead + row(2, "B") + row(1, "A") + "x,2021-09-10,,\n" + row(2, "khác") +
                     row(2, "B") + row(3, "C", "secret"));
  EXPECT_EQ(done.change.added, 3);
  EXPECT_EQ(done.leftOut, 2);
  EXPECT_EQ(problems_, (std::vector<int>{4, 5}));
  EXPECT_EQ(done.excluded, 1);
  EXPECT_EQ(done.version, 1);
  EXPECT_EQ(unitOf(2), "B") << "of two rows with one code the first counts";
  EXPECT_THAT(inRepository(), HasSubstr(",secret\n"));

  done = import(kHead + row(2, "B2") + row(4, "D"));
  EXPECT_EQ(done.change.added, 1);
  EXPECT_EQ(done.change.updated, 1);
  EXPECT_EQ(done.version, 2);
  EXPECT_EQ(unitOf(1), "A") << "what is not in the file stays";
  EXPECT_EQ(unitOf(2), "B2");

  done = import(kHead + row(2, "B2") + row(4, "D"));
  EXPECT_EQ(done.change.unchanged, 2);
  EXPECT_EQ(done.version, 2) << "nothing changed: no new version";
  EXPECT_EQ(site_.site().catalogue().open()->registerSize(), 4);

  const auto changes = ledger("register.changed");
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].actor, "lan");
  EXPECT_EQ(changes[0].details.at(FiledSite::code(2)), "unit: \"B\" -> \"B2\"");
  const auto summaries = ledger("register.imported");
  ASSERT_EQ(summaries.size(), 3u);
  EXPECT_EQ(summaries[1].details.at("updated"), "1");
  EXPECT_EQ(summaries[1].details.at("register_sha512"), sha512(inRepository()).hex());
  EXPECT_EQ(site_.auditErrors(), "");
}

TEST_F(ImportedRegister, SaysBeforehandWhatWouldChangeAndChangesNothing) {
  import(kHead + row(1, "A"));
  const std::string before = inRepository();
  const auto entries = Ledger(site_.site().ledger()).check().entries;
  const auto done = import(kHead + row(1, "A1") + row(2, "B") + "x,y,,\n", true);
  EXPECT_EQ(done.change.added, 1);
  EXPECT_EQ(done.change.updated, 1);
  EXPECT_EQ(done.leftOut, 1);
  EXPECT_EQ(inRepository(), before);
  EXPECT_EQ(unitOf(1), "A");
  EXPECT_EQ(Ledger(site_.site().ledger()).check().entries, entries);
}

TEST_F(ImportedRegister, BringsCatalogueAndLedgerUpAfterACrashBetweenTheStores) {
  import(kHead + row(1, "A"));
  // A later import was killed when only the repository had its rows.
  auto repository = Repository::open(site_.site().repository());
  RegisterRow one = *site_.site().catalogue().open()->registered(FiledSite::code(1)), two = one;
  one.unit = "A1";
  two.dossierCode = FiledSite::code(2);
  repository.commit(
      std::string(kRegisterObject), 1,
      {{std::string(kRegisterFile), "", writeRegisterCsv({one, two})}},
      {*parseIsoTime("2021-09-11T01:00:00Z"), "register import", "hòa", "urn:sohoa:site"});
  const auto done = import(kHead + row(3, "C"));
  EXPECT_EQ(done.version, 3);
  EXPECT_EQ(unitOf(1), "A1");
  EXPECT_EQ(unitOf(2), "A");
  EXPECT_EQ(unitOf(3), "C");
  const auto changes = ledger("register.changed");
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].details.at("version"), "2");
  EXPECT_EQ(changes[0].details.at(FiledSite::code(1)), "unit: \"A\" -> \"A1\"");
  EXPECT_EQ(site_.auditErrors(), "");
}

TEST_F(ImportedRegister, LeavesNoWorkFilesAndNothingWhenTheFileIsNone) {
  EXPECT_THROW(import("a,b\n1,2\n"), BatchError);
  EXPECT_THROW(import(kHead + row(1, "\xD0\xE2\xEC")), EncodingError);
  EXPECT_TRUE(fs::is_empty(site_.site().work()));
  EXPECT_EQ(site_.site().catalogue().open()->registerSize(), 0);
}

}  // namespace
}  // namespace sohoa
