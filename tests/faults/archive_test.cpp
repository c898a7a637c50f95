#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>

#include "tests/faults/night_site.h"
#include "tests/faults/scans.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// What comes after filing, through the `sohoa` command alone: one site with two filed dossiers for
/// all tests, each of which leaves it whole.
class ArchiveCommands : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    site_ = new NightSite;
    for (int n = 1; n <= 2; ++n) site_->put("lô", dossierCode(n), "001.jpg", scannedPage(n));
    site_->close("lô");
    const NightOutput night = site_->run();
    ASSERT_EQ(night.result.exitCode, 0) << night.describe();
  }
  static void TearDownTestSuite() {
    delete site_;
    site_ = nullptr;
  }
  void SetUp() override { ASSERT_EQ(site_->auditFailure(), ""); }

  static CommandResult sohoa(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--json");
    return site_->sohoa(std::move(arguments));
  }
  static json lastLine(const CommandResult& result) { return jsonLines(result.out).back(); }
  static NightSite* site_;
  TemporaryFolder folder_;
};
NightSite* ArchiveCommands::site_ = nullptr;

TEST_F(ArchiveCommands, ARunSignsTheLedgersHeadOnceADay) {
  const CommandResult checked = sohoa({"ledger", "check"});
  EXPECT_EQ(checked.exitCode, 0) << checked.describe();
  EXPECT_EQ(lastLine(checked).at("anchors"), 1);
  EXPECT_EQ(lastLine(sohoa({"ledger", "anchor"})).at("new"), false);
  EXPECT_EQ(site_->run().result.exitCode, 0);
  EXPECT_EQ(lastLine(sohoa({"ledger", "check"})).at("anchors"), 1);
}

TEST_F(ArchiveCommands, WithdrawAResultAndTellOthers) {
  const std::string code = dossierCode(1);
  EXPECT_EQ(sohoa({"result", "withdraw", code}).exitCode, 2) << "without a reason";
  EXPECT_EQ(sohoa({"result", "withdraw", "X", "--reason", "r"}).exitCode, 2);
  EXPECT_EQ(sohoa({"result", "replace", code, "--with", code, "--reason", "r"}).exitCode, 2);
  const CommandResult done =
      sohoa({"result", "withdraw", code, "--reason", "cấp sai", "--by", "Lê Thị Duyệt"});
  EXPECT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_EQ(lastLine(sohoa({"result", "status", code})).at("state"), "withdrawn");
  const json event = lastLine(sohoa({"events"}));
  EXPECT_EQ(event.at("status"), "withdrawn");
  EXPECT_EQ(event.at("actor"), "Lê Thị Duyệt");
  EXPECT_EQ(sohoa({"result", "replace", code, "--with", dossierCode(2), "--reason", "đính chính"})
                .exitCode,
            0);
  EXPECT_EQ(lastLine(sohoa({"result", "status", code})).at("replaced_by"), dossierCode(2) + "-KQ1");
  EXPECT_EQ(site_->auditFailure(), "");
  EXPECT_EQ(sohoa({"catalogue", "rebuild"}).exitCode, 0);
}

TEST_F(ArchiveCommands, ExportBagAndJsonOnceEach) {
  const std::string to = folder_.path().string(), code = dossierCode(2);
  for (const char* format : {"bagit", "json"}) {
    const CommandResult done = sohoa({"export", code, "--to", to, "--format", format});
    EXPECT_EQ(done.exitCode, 0) << done.describe();
    EXPECT_EQ(sohoa({"export", code, "--to", to, "--format", format}).exitCode, 2)
        << "not written over";
  }
  EXPECT_EQ(json::parse(slurp(folder_ / (code + ".json"))).at("dossier"), code);
  EXPECT_TRUE(fs::exists(folder_ / code / "manifest-sha512.txt"));
  const CommandResult object = sohoa({"audit", "--ocfl", (folder_ / code / "data").string()});
  EXPECT_EQ(lastLine(object).at("objects"), 1) << object.describe();
}

TEST_F(ArchiveCommands, AuditAnyOcflAndSayWhatIsWrong) {
  const CommandResult root = sohoa({"audit", "--ocfl", (*site_ / "repository").string()});
  EXPECT_EQ(root.exitCode, 0) << root.describe();
  EXPECT_EQ(lastLine(root).at("objects"), 3);  // and the register
  fs::copy(site_->objectPlace(dossierCode(1)), folder_ / "object", fs::copy_options::recursive);
  EXPECT_EQ(sohoa({"audit", "--ocfl", (folder_ / "object").string()}).exitCode, 0);
  spill(folder_ / "object/v1/content/metadata.json", "changed");
  const CommandResult object = sohoa({"audit", "--ocfl", (folder_ / "object").string()});
  EXPECT_EQ(object.exitCode, 3);
  EXPECT_NE(object.out.find("\"E092\""), std::string::npos) << object.out;
  EXPECT_EQ(sohoa({"audit", "--ocfl", "/nowhere"}).exitCode, 2);
}

TEST_F(ArchiveCommands, ListFaultyFilesAsTheCircularAsks) {
  const fs::path list = folder_ / "faulty.csv";
  fs::path file;
  for (const auto& entry : fs::recursive_directory_iterator(site_->objectPlace(dossierCode(2)))) {
    if (entry.path().filename() == "001.jpg") file = entry.path();
  }
  const std::string bytes = slurp(file);
  spill(file, bytes + "x");
  const CommandResult audit = sohoa({"audit", "--full", "--faulty", list.string()});
  spill(file, bytes);
  EXPECT_EQ(audit.exitCode, 3);
  const std::string csv = slurp(list);
  EXPECT_NE(csv.find("name,address,medium,folder,reason,found_at"), std::string::npos) << csv;
  EXPECT_NE(csv.find("001.jpg,urn:sohoa:dossier:" + dossierCode(2)), std::string::npos) << csv;
  EXPECT_NE(csv.find(file.parent_path().string()), std::string::npos) << csv;
}

TEST_F(ArchiveCommands, ReplicateKilledAtAnyMomentGoesOn) {
  const std::string copy = (folder_ / "copy").string();
  int killed = 0;
  for (int milliseconds = 5; milliseconds < 120; milliseconds += 10) {
    Child child(site_->command({"--json", "replicate", "--to", copy}));
    if (child.waitFor(std::chrono::milliseconds(milliseconds))) continue;
    child.signal(SIGKILL);
    child.waitFor(std::chrono::seconds(10));
    ++killed;
    // Whatever stands in the hierarchy is a whole object.
    if (!fs::exists(folder_ / "copy/repository/0=ocfl_1.1")) continue;
    for (const json& line : jsonLines(sohoa({"audit", "--ocfl", copy + "/repository"}).out)) {
      // The work area may be seen, and an object between its last two renames.
      if (line.at("event") == "finding") {
        EXPECT_TRUE(line.at("warning") == true || line.at("code") == "E073") << line;
      }
    }
  }
  const CommandResult done = sohoa({"replicate", "--to", copy, "--verify"});
  EXPECT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_TRUE(lastLine(done).at("complete"));
  EXPECT_EQ(treeOf(folder_ / "copy/repository"), treeOf(*site_ / "repository"));
  if (killed == 0) std::cout << "the copy was always faster than the kill\n";
}

TEST_F(ArchiveCommands, RestoreFromACopyBringsBackALostRepository) {
  const std::string copy = (folder_ / "copy").string();
  ASSERT_EQ(sohoa({"replicate", "--to", copy}).exitCode, 0);
  const auto before = treeOf(*site_ / "repository");
  fs::remove_all(*site_ / "repository");
  fs::remove(*site_ / "state/ledger.jsonl");
  const CommandResult back = sohoa({"restore", "--from", copy});
  EXPECT_EQ(back.exitCode, 0) << back.describe();
  EXPECT_EQ(treeOf(*site_ / "repository"), before);
  EXPECT_EQ(sohoa({"restore", "--from", folder_.path().string()}).exitCode, 1) << "no copy there";
}

}  // namespace
}  // namespace sohoa::test
