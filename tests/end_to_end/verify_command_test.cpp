#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/end_to_end/demo_site.h"
#include "tests/fuzz/assemble.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

constexpr char kPage[] =
    "1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
    "2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n"
    "3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>\nendobj\n"
    "4 0 obj\n<</Length 6>>\nstream\nBT ET \nendstream\nendobj\n";

/// `sohoa verify` and `sohoa trust` as an officer calls them.
class VerifyCommand : public testing::Test {
 protected:
  VerifyCommand() {
    spill(site_.path() / "plain.pdf", fuzz::assemble(kPage));
    const CommandResult made = site_.sohoa(
        {"sign", plain().string(), "-o", good().string(), "--level", "B-B", "--reason", "thử"});
    EXPECT_TRUE(made.ok()) << made.describe();
    std::string bytes = slurp(good());
    bytes[bytes.find("BT ET")] = 'Q';
    spill(broken(), bytes);
  }
  fs::path plain() const { return site_.path() / "plain.pdf"; }
  fs::path good() const { return site_.path() / "good.pdf"; }
  fs::path broken() const { return site_.path() / "broken.pdf"; }
  CommandResult verify(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "verify");
    return site_.sohoa(arguments);
  }
  std::vector<json> ledger(const std::string& action) const {
    std::vector<json> found;
    for (const json& line : jsonLines(site_.sohoa({"ledger", "export"}).out)) {
      if (line.at("action") == action) found.push_back(line);
    }
    return found;
  }

  DemoSite site_;
};

TEST_F(VerifyCommand, AnswersForManyFilesInTheirOrder) {
  const CommandResult all =
      site_.sohoa({"--json", "verify", good().string(), broken().string(), plain().string(),
                   (site_.path() / "missing.pdf").string() + "x", good().string()});
  EXPECT_EQ(all.exitCode, 2) << "what is neither a file nor a code is a wrong call";
  const CommandResult told = site_.sohoa(
      {"--json", "verify", good().string(), broken().string(), plain().string(), good().string()});
  EXPECT_EQ(told.exitCode, 3);
  const json files = json::parse(told.out).at("files");
  ASSERT_EQ(files.size(), 4u);
  const char* kVerdicts[] = {"valid", "invalid", "unsigned", "valid"};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(files[i].at("verdict"), kVerdicts[i]) << files[i];
  const json& signature = files[0].at("signatures").at(0);
  for (const char* key : {"field", "kind", "intact", "coverage", "changes_after", "changes",
                          "indication", "sub_indication", "level", "signer", "issuer", "trusted",
                          "signing_time", "proven_time", "algorithms"}) {
    EXPECT_TRUE(signature.contains(key)) << key;
  }
  EXPECT_EQ(signature.at("level"), "B-B");
  EXPECT_EQ(verify({good().string()}).exitCode, 0);
}

TEST_F(VerifyCommand, SpeaksVietnameseAndEnglish) {
  const CommandResult vietnamese = verify({good().string()});
  EXPECT_THAT(vietnamese.out, HasSubstr("HỢP LỆ"));
  EXPECT_THAT(verify({broken().string()}).out, HasSubstr("KHÔNG HỢP LỆ"));
  EXPECT_THAT(site_.sohoa({"--lang", "en", "verify", good().string()}).out, HasSubstr("VALID"));
}

TEST_F(VerifyCommand, ValidatesAsOfAnotherTime) {
  EXPECT_EQ(verify({"--at", "2021-09-11", good().string()}).exitCode, 0);
  const CommandResult before = verify({"--at", "2001-01-01T00:00:00Z", good().string()});
  EXPECT_EQ(before.exitCode, 3);
  EXPECT_THAT(before.out, HasSubstr("CHƯA XÁC ĐỊNH"));
  EXPECT_EQ(verify({"--at", "yesterday", good().string()}).exitCode, 2);
}

TEST_F(VerifyCommand, ReportsInTheXmlOfTs119102) {
  const auto schemas = fixture("schemas");
  if (!schemas) GTEST_SKIP() << noFixture("schemas");
  for (const fs::path& file : {good(), broken(), plain()}) {
    const fs::path xml = site_.path() / "report.xml";
    spill(xml, verify({"--format", "etsi-xml", file.string()}).out);
    CommandOptions options;
    options.env["XML_CATALOG_FILES"] = (*schemas / "catalog.xml").string();
    const CommandResult judged =
        runCommand({"xmllint", "--noout", "--nonet", "--schema",
                    (*schemas / "TS119102-2-v141.xsd").string(), xml.string()},
                   options);
    EXPECT_TRUE(judged.ok()) << judged.describe();
  }
  EXPECT_THAT(slurp(site_.path() / "report.xml"), HasSubstr("19102"));
}

TEST_F(VerifyCommand, PacksEvidenceThatOpensslChecksAgain) {
  const fs::path folder = site_.path() / "evidence";
  EXPECT_EQ(verify({"--evidence", folder.string(), good().string()}).exitCode, 0);
  const fs::path one = folder / "signature-1";
  const auto check = [&] { return runCommand({"sh", (one / "check.sh").string()}); };
  EXPECT_TRUE(check().ok()) << check().describe();
  EXPECT_EQ(slurp(one / "signed-revision.pdf"), slurp(good()));
  EXPECT_EQ(json::parse(slurp(folder / "verdict.json")).at("verdict"), "valid");
  std::string bytes = slurp(one / "signed-bytes.bin");
  bytes[100] = bytes[100] == 'x' ? 'y' : 'x';
  spill(one / "signed-bytes.bin", bytes);
  EXPECT_FALSE(check().ok()) << "a check that finds nothing is none";
}

TEST_F(VerifyCommand, GoesOnAfterAFileThatEndsItsReader) {
  const fs::path deadly = site_.path() / "deadly.pdf", pipe = site_.path() / "pipe.pdf";
  fs::copy_file(good(), deadly);
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  CommandOptions options;
  options.env["SOHOA_TEST_WORKER_FAULT"] = "crash@verify:deadly";
  options.env["SOHOA_CLOCK"] = "2021-09-10T22:00:00+07:00";
  const CommandResult told =
      runCommand(site_.command({"--json", "verify", "--workers", "1", good().string(),
                                deadly.string(), pipe.string(), good().string()}),
                 options);
  EXPECT_EQ(told.exitCode, 3) << told.describe();
  const json files = json::parse(told.out).at("files");
  ASSERT_EQ(files.size(), 4u);
  const char* kVerdicts[] = {"valid", "malformed", "malformed", "valid"};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(files[i].at("verdict"), kVerdicts[i]) << files[i];
  EXPECT_FALSE(files[1].at("reason").get<std::string>().empty());
}

TEST_F(VerifyCommand, AsksTheNetworkOnlyWhenToldTo) {
  TestServices services;
  spill(site_.path() / "trust" / "test-root.pem", pemOf(services.root()));
  SignatureRequest request;
  request.at = SystemClock().now();
  const fs::path file = site_.path() / "online.pdf";
  const auto made = signPdf(plain(), file, services.key(), request);
  ASSERT_TRUE(made) << made.error().detail;
  const auto asked = [&] { return services.ocspRequests + services.crlRequests; };
  const auto answer = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"--json", "verify", file.string()});
    CommandOptions now;
    now.env["SOHOA_CLOCK"] = isoUtc(SystemClock().now());
    return json::parse(runCommand(site_.command(more), now).out).at("files").at(0);
  };
  const json off = answer({});
  EXPECT_EQ(asked(), 0) << "no server hears of a document that is only looked at";
  EXPECT_EQ(off.at("verdict"), "indeterminate") << off;
  EXPECT_EQ(off.at("signatures").at(0).at("sub_indication"), "TRY_LATER");
  const json walled = answer({"--online"});
  EXPECT_EQ(asked(), 0) << "a document's certificate must not reach into this network";
  EXPECT_EQ(walled.at("verdict"), "indeterminate") << walled;
  std::string settings = slurp(site_.path() / "sohoa.toml");
  const std::string closed = "private_addresses = false";
  settings.replace(settings.find(closed), closed.size(), "private_addresses = true");
  spill(site_.path() / "sohoa.toml", settings);
  const json on = answer({"--online"});
  EXPECT_GT(asked(), 0);
  EXPECT_EQ(on.at("verdict"), "valid") << on;
  EXPECT_EQ(on.at("signatures").at(0).at("revocation"), "good");
  services.revoked = true;
  const json revoked = answer({"--online"});
  EXPECT_EQ(revoked.at("verdict"), "indeterminate") << revoked;
  EXPECT_EQ(revoked.at("signatures").at(0).at("sub_indication"), "REVOKED_NO_POE");
  services.ocspDown = services.crlDown = true;
  EXPECT_EQ(answer({"--online"}).at("signatures").at(0).at("sub_indication"), "TRY_LATER");
}

TEST_F(VerifyCommand, TrustsWhatTheSiteTrustsAndTheLedgerKnowsWhoSaidSo) {
  const json anchor = jsonLines(site_.sohoa({"--json", "trust", "list"}).out).at(0);
  const std::string fingerprint = anchor.at("fingerprint");
  const fs::path kept = site_.path() / "kept.pem";
  fs::copy_file(site_.path() / "trust" / anchor.at("file").get<std::string>(), kept);

  EXPECT_TRUE(site_.sohoa({"trust", "remove", fingerprint.substr(0, 16)}).ok());
  const CommandResult untrusted = site_.sohoa({"--json", "verify", good().string()});
  EXPECT_EQ(untrusted.exitCode, 3);
  EXPECT_EQ(json::parse(untrusted.out).at("files").at(0).at("verdict"), "indeterminate");
  ASSERT_EQ(ledger("trust.removed").size(), 1u);
  EXPECT_EQ(ledger("trust.removed")[0].at("details").at("fingerprint"), fingerprint);
  EXPECT_FALSE(ledger("trust.removed")[0].at("actor").get<std::string>().empty());

  // For timestamps alone it is not trusted to sign.
  EXPECT_TRUE(site_.sohoa({"trust", "add", kept.string(), "--for", "timestamping"}).ok());
  EXPECT_EQ(verify({good().string()}).exitCode, 3);
  EXPECT_TRUE(site_.sohoa({"trust", "add", kept.string(), "--for", "signing"}).ok());
  EXPECT_EQ(verify({good().string()}).exitCode, 0);
  EXPECT_TRUE(site_.sohoa({"trust", "add", kept.string(), "--for", "signing"}).ok());
  const auto added = ledger("trust.added");
  ASSERT_EQ(added.size(), 2u) << "what was there is not added again";
  EXPECT_EQ(added[1].at("details").at("purpose"), "signing");
  EXPECT_TRUE(site_.sohoa({"ledger", "check"}).ok());
  EXPECT_EQ(site_.sohoa({"trust", "remove", "ffffffffffff"}).exitCode, 2);
  EXPECT_EQ(site_.sohoa({"trust", "add", plain().string()}).exitCode, 1) << "no certificate inside";
}

}  // namespace
}  // namespace sohoa::test
