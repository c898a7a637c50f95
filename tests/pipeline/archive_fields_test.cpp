#include "pipeline/export/archive_fields.h"

#include <gmock/gmock.h>

#include "core/result.h"
#include "tests/pipeline/filed_site.h"

namespace sohoa {
namespace {

using test::FiledSite;
using testing::IsEmpty;

std::string valueOf(const std::vector<ArchiveValue>& values, const std::string& key) {
  for (const auto& value : values) {
    if (value.key == key) return value.value;
  }
  return "(none)";
}

class ArchiveFields : public testing::Test {
 protected:
  ArchiveDescription describe(const DossierRecord& record) const {
    return describeForArchive(site_.site().config(), loadArchiveFields(site_.site()), record);
  }
  /// With a table of the site's own.
  ArchiveDescription describeWith(const std::string& table, const DossierRecord& record) const {
    test::spill(site_ / "fields.toml", table);
    std::string config = test::slurp(site_ / "sohoa.toml");
    const std::string empty = "fields = \"\"";
    if (const auto at = config.find(empty); at != std::string::npos) {
      test::spill(site_ / "sohoa.toml",
                  config.replace(at, empty.size(), "fields = \"fields.toml\""));
    }
    const Site site = Site::open(site_.site().root());
    return describeForArchive(site.config(), loadArchiveFields(site), record);
  }
  FiledSite site_{1};
  DossierRecord record_ = site_.record(1);
};

TEST_F(ArchiveFields, FillTheTableOfTheCircular) {
  record_.retention = "70 năm";
  const ArchiveDescription d = describe(record_);
  EXPECT_THAT(d.problems, IsEmpty()) << d.problems.front().key << d.problems.front().what;
  EXPECT_EQ(valueOf(d.dossier, "FileCode"), FiledSite::code(1));
  EXPECT_EQ(valueOf(d.dossier, "FileCatalog"), "2021");
  EXPECT_EQ(valueOf(d.dossier, "StartDate"), "10/09/2021");
  EXPECT_EQ(valueOf(d.dossier, "Maintenance"), "70 năm");
  EXPECT_EQ(valueOf(d.dossier, "TotalDoc"), "1");
  const auto& document = d.documents.at(0).second;
  EXPECT_EQ(valueOf(document, "CodeNumber"), "1234");
  EXPECT_EQ(valueOf(document, "CodeNotation"), "QĐ-STNMT");
  EXPECT_EQ(valueOf(document, "IssuedDate"), "09/09/2021");
  EXPECT_EQ(valueOf(document, "OrganName"), "(none)") << "unknown is left out, not invented";
}

TEST_F(ArchiveFields, ListWhatIsTooLongAndKeepItWhole) {
  record_.registered->procedureName = std::string(1001, 'a');
  const ArchiveDescription d = describe(record_);
  ASSERT_EQ(d.problems.size(), 1u);
  EXPECT_EQ(d.problems[0].key, "Title");
  EXPECT_EQ(d.problems[0].what, "the value is longer than the archive takes");
  EXPECT_GT(valueOf(d.dossier, "Title").size(), 1001u);
  record_.registered->procedureName.clear();
  for (int i = 0; i < 970; ++i) record_.registered->procedureName += "ộ";  // three bytes each
  EXPECT_THAT(describe(record_).problems, IsEmpty()) << "lengths are of characters";
  record_.registered.reset();
  EXPECT_EQ(describe(record_).problems.at(0).what, "a required value is missing");
}

TEST_F(ArchiveFields, AreTheSitesOwnWhereItSaysSo) {
  const auto d = describeWith(
      "[[field]]\nlevel = \"dossier\"\nkey = \"Ma\"\nfrom = \"{dossier}/{retention}\"\nlength = "
      "10\n"
      "[[field]]\nlevel = \"document\"\nkey = \"So\"\ntype = \"number\"\nfrom = \"{notation}\"\n"
      "[[field]]\nlevel = \"document\"\nkey = \"Ngay\"\ntype = \"date\"\nfrom = \"{number}\"\n",
      record_);
  EXPECT_EQ(valueOf(d.dossier, "Ma"), FiledSite::code(1));
  EXPECT_EQ(d.problems.size(), 3u);
}

TEST_F(ArchiveFields, RefuseATableThatMakesNoSense) {
  for (const char* table :
       {"x = 1", "[[field]]\nlevel = \"box\"\nkey = \"a\"\n", "[[field]]\nlevel = \"dossier\"\n",
        "[[field]]\nlevel = \"dossier\"\nkey = \"a\"\nlenght = 3\n", "[["}) {
    EXPECT_THROW(describeWith(table, record_), BatchError) << table;
  }
}

}  // namespace
}  // namespace sohoa
