#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>

#include "core/cause.h"
#include "core/clock.h"
#include "tests/faults/night_site.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

/// A site with a closed batch; what is wrong with the site is to be found before its first page.
class UnfitSite : public testing::Test {
 protected:
  void SetUp() override {
    site_.put("lô", dossierCode(1), "001.jpg", "not looked at");
    site_.close("lô");
  }

  void expectStop(const std::string& cause, const CommandOptions& options = {}) const {
    expectStop(site_, cause, options);
  }
  static void expectStop(const NightSite& site, const std::string& cause,
                         const CommandOptions& options = {}) {
    const auto intake = treeOf(site / "intake"), batches = treeOf(site / "state/batches");
    const NightOutput night = site.run({}, options);
    EXPECT_EQ(night.result.exitCode, 1) << night.describe();
    EXPECT_EQ(night.stoppedBy(), cause) << night.describe();
    const auto known = causeFromCode(cause);
    ASSERT_TRUE(known);
    EXPECT_EQ(night.event("stopped").at("reason"), reasonOf(*known, Language::vi));
    EXPECT_NE(night.result.err.find(reasonOf(*known, Language::vi)), std::string::npos)
        << night.result.err;
    const CommandResult english = site.sohoa({"--lang", "en", "run"}, options);
    EXPECT_NE(english.err.find(reasonOf(*known, Language::en)), std::string::npos) << english.err;
    EXPECT_EQ(treeOf(site / "intake"), intake);
    EXPECT_EQ(treeOf(site / "state/batches"), batches);  // nothing was taken in
  }

  /// Replaces the agency's key by one that openssl makes.
  void signWith(const std::vector<std::string>& certificateOptions) const {
    const fs::path key = site_ / "keys/new.key", certificate = site_ / "keys/new.pem";
    std::vector<std::string> request = {"openssl",  "req",
                                        "-x509",    "-newkey",
                                        "rsa:2048", "-nodes",
                                        "-keyout",  key.string(),
                                        "-out",     certificate.string(),
                                        "-subj",    "/O=DEMO/CN=DEMO agency"};
    request.insert(request.end(), certificateOptions.begin(), certificateOptions.end());
    ASSERT_TRUE(runCommand(request).ok());
    const CommandResult packed =
        runCommand({"openssl", "pkcs12", "-export", "-inkey", key.string(), "-in",
                    certificate.string(), "-out", (site_ / "keys/agency.p12").string(), "-passout",
                    "file:" + (site_ / "keys/agency.password").string()});
    ASSERT_TRUE(packed.ok()) << packed.describe();
  }

  static CommandOptions at(Time time) {
    CommandOptions options;
    options.env["SOHOA_CLOCK"] = isoUtc(time);
    return options;
  }

  NightSite site_;
};

TEST_F(UnfitSite, WithoutARecognitionModelStops) {
  site_.configure("tessdata", "\"/nowhere\"");
  expectStop("ocr.model_missing");
}

TEST_F(UnfitSite, WithADamagedRecognitionModelStops) {
  spill(site_ / "tessdata/vie.traineddata", "no model");
  site_.configure("tessdata", '"' + (site_ / "tessdata").string() + '"');
  expectStop("ocr.model_missing");
}

TEST_F(UnfitSite, WithAWrongKeyPasswordStops) {
  spill(site_ / "keys/agency.password", "wrong\n");
  expectStop("key.password");
}

TEST_F(UnfitSite, WithoutItsKeyFileStops) {
  fs::remove(site_ / "keys/agency.p12");
  expectStop("key.missing");
}

TEST_F(UnfitSite, WithoutItsPasswordFileStops) {
  fs::remove(site_ / "keys/agency.password");
  expectStop("key.missing");
}

TEST_F(UnfitSite, WithSomethingElseForAKeyStops) {
  spill(site_ / "keys/agency.p12", "no key");
  expectStop("key.missing");
}

TEST_F(UnfitSite, WithAnExpiredCertificateStops) {
  expectStop("certificate.expired", at(SystemClock().now() + std::chrono::years(40)));
}

TEST_F(UnfitSite, WithACertificateThatIsNotYetValidStops) {
  expectStop("certificate.not_yet_valid", at(*parseIsoTime("2019-12-31T00:00:00Z")));
}

TEST_F(UnfitSite, WithACertificateOfOpensslThatHasExpiredStops) {
  signWith({"-addext", "keyUsage=critical,digitalSignature", "-days", "1"});
  expectStop("certificate.expired", at(SystemClock().now() + std::chrono::days(3)));
}

TEST_F(UnfitSite, WithACertificateThatMayNotSignStops) {
  signWith({"-addext", "keyUsage=critical,keyEncipherment", "-addext",
            "basicConstraints=critical,CA:FALSE"});
  expectStop("certificate.usage");
}

TEST_F(UnfitSite, WithoutARegisterStops) {
  NightSite::Options options;
  options.withRegister = false;
  const NightSite site(options);
  site.put("lô", dossierCode(1), "001.jpg", "not looked at");
  site.close("lô");
  expectStop(site, "register.empty");
}

TEST_F(UnfitSite, WithAForeignRepositoryStops) {
  fs::rename(site_ / "repository/0=ocfl_1.1", site_ / "repository/0=ocfl_1.0");
  expectStop("repository.foreign");
}

TEST_F(UnfitSite, WithAReadOnlyRepositoryStops) {
  const std::string repository = (site_ / "repository").string();
  if (::mount(repository.c_str(), repository.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    GTEST_SKIP() << "a folder cannot be mounted read-only: " << std::strerror(errno);
  }
  const bool readOnly =
      ::mount(nullptr, repository.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
  if (readOnly) expectStop("disk.error");
  ::umount2(repository.c_str(), MNT_DETACH);
  EXPECT_TRUE(readOnly);
}

TEST_F(UnfitSite, WithACatalogueOfANewerSohoaStops) {
  const fs::path file = site_ / "state/catalogue.sqlite";
  std::string bytes = slurp(file);
  ASSERT_GT(bytes.size(), 100u);
  bytes[63] = 99;  // the last byte of what SQLite calls user_version
  spill(file, bytes);
  expectStop("catalogue.unusable");
  EXPECT_EQ(slurp(file), bytes) << "left as it was";
}

TEST_F(UnfitSite, WithAnUnknownKeyInItsConfigurationStops) {
  site_.configure("page_attempts", "2\npage_atempts = 3");
  expectStop("site.config");
  const NightOutput night = site_.run();
  EXPECT_NE(night.result.err.find("recognition.page_atempts"), std::string::npos)
      << night.result.err;
}

TEST_F(UnfitSite, WithAMissingFontStops) {
  site_.configure("font", "\"/nowhere/font.ttf\"");
  expectStop("signing.stopped");
}

TEST_F(UnfitSite, ThatIsNoSiteAtAllStops) {
  fs::rename(site_ / "sohoa.toml", site_ / "sohoa.txt");
  expectStop("site.missing");
}

TEST(CommandLine, ThatMakesNoSenseEndsWith2) {
  const NightSite site;
  const std::vector<std::vector<std::string>> senseless = {{},
                                                           {"fly"},
                                                           {"run", "--workers", "0"},
                                                           {"run", "--until", "late"},
                                                           {"run", "--until", "25:00"},
                                                           {"report"},
                                                           {"report", "--period", "2021-Q5"},
                                                           {"--lang", "fr", "status"},
                                                           {"review", "accept", "X"},
                                                           {"review", "show", "X"},
                                                           {"register", "import", "/nowhere.csv"},
                                                           {"verify", "/nowhere.pdf"}};
  for (const auto& arguments : senseless) {
    const CommandResult result = site.sohoa(arguments);
    EXPECT_EQ(result.exitCode, 2) << result.describe();
    EXPECT_FALSE(result.err.empty() && result.out.empty());
  }
}

TEST(CommandLine, ExplainsItselfInBothLanguages) {
  const CommandResult vi = runCommand({NightSite::program().string(), "--help"}),
                      en = runCommand(
                          {NightSite::program().string(), "--lang", "en", "run", "--help"});
  EXPECT_EQ(vi.exitCode, 0) << vi.describe();
  for (const char* text : {"Mã thoát: 0", "Cách dùng: sohoa [TÙY CHỌN] LỆNH", "\nTùy chọn:\n",
                           "\nCác lệnh:\n", "hiện hướng dẫn này"}) {
    EXPECT_NE(vi.out.find(text), std::string::npos) << text << vi.out;
  }
  EXPECT_EQ(en.exitCode, 0) << en.describe();
  EXPECT_NE(en.out.find("begin no further page"), std::string::npos) << en.out;
}

TEST(CommandLine, SaysInVietnameseWhatItDoesNotUnderstand) {
  const NightSite site;
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {{}, "thiếu tên lệnh"},
      {{"run", "--fly"}, "không hiểu: --fly\nXem thêm: sohoa run --help"},
      {{"run", "--workers", "0"}, "--workers: 0 không thuộc 1–512"},
      {{"run", "--workers", "many"}, "--workers: many không thuộc 1–512"},
      {{"report"}, "thiếu: --period"},
      {{"report", "--period"}, "thiếu hoặc thừa giá trị: --period"},
      {{"report", "--period", "2021-Q1", "--by", "moon"},
       "moon không thuộc {unit,procedure,month}"},
      {{"register", "import", "/nowhere.csv"}, "không có tệp này: /nowhere.csv"},
      {{"extend", "--list"}, "--list phải đi cùng --due"}};
  for (const auto& [arguments, reason] : wrong) {
    const CommandResult result = site.sohoa(arguments);
    EXPECT_EQ(result.exitCode, 2) << result.describe();
    EXPECT_NE(result.err.find(reason), std::string::npos) << reason << "\n" << result.describe();
  }
}

TEST(RegisterFile, ThatIsNoneStopsWithoutTouchingTheRegister) {
  const NightSite site;
  spill(site / "wrong.csv", "a,b,c\n1,2,3\n");
  const CommandResult result =
      site.sohoa({"--json", "register", "import", (site / "wrong.csv").string()});
  EXPECT_EQ(result.exitCode, 1) << result.describe();
  EXPECT_EQ(nightOutput(result).stoppedBy(), "register.format");
  EXPECT_EQ(nlohmann::json::parse(site.sohoa({"--json", "status"}).out).at("register"), 40);
}

TEST(NewSite, IsNotMadeWhereSomethingLies) {
  const TemporaryFolder folder;
  spill(folder / "thư.txt", "đã có");
  const CommandResult result =
      runCommand({NightSite::program().string(), "--json", "init", folder.path().string()});
  EXPECT_EQ(result.exitCode, 1) << result.describe();
  EXPECT_EQ(nightOutput(result).stoppedBy(), "site.config");
  EXPECT_EQ(treeOf(folder.path()).size(), 1u);
}

}  // namespace
}  // namespace sohoa::test
