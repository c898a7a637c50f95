#include "pipeline/export/bagit.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "core/result.h"
#include "pipeline/export/dossier_json.h"
#include "pipeline/results/result_status.h"
#include "storage/validator/validator.h"
#include "tests/pipeline/filed_site.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::FiledSite;
using test::runCommand;

class Bag : public testing::Test {
 protected:
  void SetUp() override {
    site_.file(1, 2);
    ResultChange wanted;
    wanted.state = ResultState::withdrawn;
    wanted.person = "Nguyễn \"Ký\" & <con>";
    wanted.reason = "sai \x01 thẩm quyền";
    changeResult(site_.site(), *findResult(site_.site(), FiledSite::code(1) + "-KQ2"), wanted);
  }
  ExportedDossier gathered() const { return *gatherDossier(site_.site(), FiledSite::code(1)); }
  fs::path write() const {
    writeBag(site_.site(), gathered(), bag_);
    return bag_;
  }
  FiledSite site_;
  fs::path bag_ = site_.folder() / "bag";
};

TEST_F(Bag, HoldsTheObjectAndManifestsThatSha512sumConfirms) {
  const fs::path bag = write();
  for (const char* manifest : {"manifest-sha512.txt", "tagmanifest-sha512.txt"}) {
    // sha512sum knows no percent-encoding: the object's folder has a '%' in its name.
    std::string text = test::slurp(bag / manifest);
    for (std::size_t at; (at = text.find("%25")) != std::string::npos;) text.replace(at, 3, "%");
    test::spill(site_.folder() / manifest, text);
    test::CommandOptions options;
    options.folder = bag;
    const auto checked = runCommand(
        {"sha512sum", "--check", "--strict", "--quiet", (site_.folder() / manifest).string()},
        options);
    EXPECT_TRUE(checked.ok()) << checked.describe();
  }
  EXPECT_EQ(test::slurp(bag / "bagit.txt"),
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  std::uint64_t files = 0, bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(bag / "data")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    bytes += entry.file_size();
  }
  EXPECT_THAT(
      test::slurp(bag / "bag-info.txt"),
      testing::HasSubstr("Payload-Oxum: " + std::to_string(bytes) + "." + std::to_string(files)));
  forEachOcflObject(bag, [&](const fs::path& object) {
    for (const auto& finding : validateOcflObject(object))
      EXPECT_TRUE(finding.warning()) << finding.what;
  });
  EXPECT_THROW(write(), BatchError) << "a bag is not written over";
}

TEST_F(Bag, HasMetsAndPremisThatTheSchemasAccept) {
  const auto schemas = test::fixture("schemas");
  if (!schemas) GTEST_SKIP() << test::noFixture("schemas");
  if (!test::hasProgram("xmllint")) GTEST_SKIP() << "xmllint is not installed";
  const fs::path bag = write();
  test::CommandOptions options;
  options.env["XML_CATALOG_FILES"] = (*schemas / "catalog.xml").string();
  for (const auto& [schema, file] :
       {std::pair{"mets.xsd", "mets.xml"}, std::pair{"premis-3.xsd", "premis.xml"}}) {
    const auto checked =
        runCommand({"xmllint", "--nonet", "--noout", "--schema", (*schemas / schema).string(),
                    (bag / "metadata" / file).string()},
                   options);
    EXPECT_TRUE(checked.ok()) << checked.describe();
  }
  // Every file that METS names is there.
  const std::string mets = test::slurp(bag / "metadata/mets.xml");
  int found = 0;
  for (std::size_t at = 0; (at = mets.find("xlink:href=\"../data/", at)) != std::string::npos;
       ++found) {
    at += 12;
    std::string path = mets.substr(at, mets.find('"', at) - at);
    for (std::size_t i; (i = path.find("%25")) != std::string::npos;) path.replace(i, 3, "%");
    EXPECT_TRUE(fs::exists(bag / "metadata" / path)) << path;
  }
  EXPECT_EQ(found, 6);
}

TEST_F(Bag, IsNotMadeOfADamagedObjectAndLeavesNothing) {
  const auto dossier = gathered();
  test::spill(site_.objectPlace(1) / "v1/content/originals/001.jpg", "changed");
  EXPECT_THROW(writeBag(site_.site(), dossier, bag_), BatchError);
  for (const auto& entry : fs::directory_iterator(site_.folder())) {
    EXPECT_EQ(entry.path().filename().string().find("bag"), std::string::npos) << entry.path();
  }
}

TEST_F(Bag, SaysInJsonWhatAOneStopSystemNeeds) {
  const json value = json::parse(dossierJson(gathered(), "Sở", SystemClock().now()));
  EXPECT_EQ(value.at("format"), "sohoa-dossier");
  EXPECT_EQ(value.at("dossier"), FiledSite::code(1));
  EXPECT_EQ(value.at("version"), 2);
  EXPECT_EQ(value.at("results").at(0).at("state"), "in_force");
  EXPECT_EQ(value.at("results").at(1).at("state"), "withdrawn");
  EXPECT_EQ(value.at("results").at(1).at("code"), FiledSite::code(1) + "-KQ2");
  EXPECT_EQ(value.at("history").size(), 2u);
  EXPECT_EQ(value.at("archive").at("dossier").at("FileCode"), FiledSite::code(1));
  for (const json& file : value.at("files")) {
    EXPECT_EQ(file.at("sha512").get<std::string>().size(), 128u);
  }
}

}  // namespace
}  // namespace sohoa
