#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "pdf/changes/revision_comparison.h"
#include "tests/signing/attack_kit.h"

namespace sohoa::test {
namespace {

/// An update as an attacker writes it: bytes, then a classic section over `entries`.
struct Update {
  std::string body;     ///< behind the signed file
  std::string entries;  ///< subsections; "{B}" is the offset of the body, "{P}" of 90 0 obj in it
  std::string size = "200";
  std::string behind;  ///< after %%EOF
};

constexpr char kText[] = "<</Length 31>>\nstream\nBT /F1 20 Tf (9.000.000) Tj ET  \nendstream";
const std::string kHidden = fmt::format("4 0 obj\n{}\nendobj\n", kText);
const std::string kHarmless = "90 0 obj\n<</Type /Nothing>>\nendobj\n";

std::string offset(std::size_t at) { return fmt::format("{:010} 00000 n \n", at); }

std::string built(const std::string& good, const Update& update) {
  const std::size_t tail = good.rfind("startxref") + 10;
  const std::string previous = good.substr(tail, good.find('\n', tail) - tail);
  std::string entries = update.entries;
  const auto put = [&](const std::string& name, std::size_t at) {
    for (std::size_t p; (p = entries.find(name)) != std::string::npos;) {
      entries.replace(p, name.size(), offset(at));
    }
  };
  put("{B}", good.size());
  put("{P}", good.size() + update.body.find("90 0 obj"));
  const std::string bytes = good + update.body;
  return bytes + "xref\n" + entries +
         fmt::format("trailer\n<</Size {} /Prev {} /Root 1 0 R>>\nstartxref\n{}\n%%EOF\n",
                     update.size, previous, bytes.size()) +
         update.behind;
}

class HiddenObjects : public AttackTest {
 protected:
  void expectNotValid(const std::vector<std::pair<std::string, Update>>& updates) {
    std::vector<std::pair<std::string, std::string>> attacks;
    for (const auto& [name, update] : updates) attacks.emplace_back(name, built(good_, update));
    expectNoneValid(attacks);
  }
};

TEST_F(HiddenObjects, AnHonestUpdateOfThisFormIsPermittedAndChangesNothing) {
  const auto report = verifyBytes(built(good_, {kHarmless, "90 1\n{P}", "200", ""}));
  EXPECT_EQ(verdictOf(report), "valid") << describe(report, Language::en);
}

TEST_F(HiddenObjects, WithFalseEntriesThatMakeReadersRepairTheFile) {
  const std::string both = kHidden + kHarmless;
  expectNotValid({
      {"nothing else", {both, "90 1\n{P}", "200", ""}},
      {"object 0 in use", {both, "0 1\n{B}90 1\n{P}", "200", ""}},
      {"offset behind the end", {both, "90 1\n{P}95 1\n9999999999 00000 n \n", "200", ""}},
      {"offset into junk", {both, "90 1\n{P}95 1\n0000000020 00000 n \n", "200", ""}},
      {"offset of another object", {both, "90 1\n{P}95 1\n{B}", "200", ""}},
      {"a number beyond all", {both, "90 1\n{P}8388600 1\n0000000011 00000 n \n", "8388607", ""}},
      {"size 1", {both, "90 1\n{P}", "1", ""}},
      {"size 0", {both, "90 1\n{P}", "0", ""}},
      {"size beyond all", {both, "90 1\n{P}", "2147483648", ""}},
      {"size below zero", {both, "90 1\n{P}", "-1", ""}},
      {"two startxref", {both + "startxref\n1\n", "90 1\n{P}", "200", ""}},
      {"a reference to nothing",
       {kHidden + "90 0 obj\n[777 0 R]\nendobj\n", "90 1\n{P}", "200", ""}},
  });
}

TEST_F(HiddenObjects, WhereverTheyStand) {
  const std::string plain = "(" + kHidden + ")";
  const auto holding = [](const std::string& body) { return "90 0 obj\n" + body + "\nendobj\n"; };
  const auto stream = [&](const std::string& data, const std::string& keys = "") {
    return holding(
        fmt::format("<</Length {} {}>>\nstream\n{}\nendstream", data.size(), keys, data));
  };
  std::string commented = kHidden;
  for (std::size_t at = 0; (at = commented.find('\n', at)) != std::string::npos;) {
    commented.replace(at, 1, "\r%");
  }
  expectNotValid({
      {"before", {kHidden + kHarmless, "90 1\n{P}", "200", ""}},
      {"after", {kHarmless + kHidden, "90 1\n{P}", "200", ""}},
      {"behind the end", {kHarmless, "90 1\n{P}", "200", kHidden}},
      {"behind the end, on one line", {kHarmless, "90 1\n{P}", "200", "4 0 obj null endobj"}},
      {"in a string", {holding(plain), "90 1\n{P}", "200", ""}},
      {"in a string of a dictionary", {holding("<</A " + plain + ">>"), "90 1\n{P}", "200", ""}},
      {"in a stream", {stream(kHidden), "90 1\n{P}", "200", ""}},
      {"in a stream, one line", {stream("4 0 obj null endobj"), "90 1\n{P}", "200", ""}},
      {"in a stream with blanks", {stream("4  0\t obj null"), "90 1\n{P}", "200", ""}},
      {"in a comment", {"%" + commented + "\n" + kHarmless, "90 1\n{P}", "200", ""}},
      {"a trailer in a stream", {stream("trailer\n<</Root 90 0 R>>"), "90 1\n{P}", "200", ""}},
      {"a startxref in a stream", {stream("startxref\n12\n%%EOF"), "90 1\n{P}", "200", ""}},
      {"words between objects", {"hello\n" + kHarmless, "90 1\n{P}", "200", ""}},
  });
}

TEST_F(HiddenObjects, InTheSecurityStore) {
  const auto store = [](const std::string& data) {
    return fmt::format(
        "90 0 obj\n<</Length {}>>\nstream\n{}\nendstream\nendobj\n91 0 obj\n<</Certs [90 0 R]>>\n"
        "endobj\n",
        data.size(), data);
  };
  const std::string catalog = bodyOf(good_, 1);
  const auto withStore = [&](const std::string& data) {
    std::string body = catalog;
    body.insert(body.find("<<") + 2, "/DSS 91 0 R ");
    return updated(good_, {{90, store(data).substr(9, store(data).find("\nendobj") - 9)},
                           {91, "<</Certs [90 0 R]>>"},
                           {1, body}});
  };
  std::vector<std::pair<std::string, std::string>> attacks;
  const std::string der("\x30\x03\x02\x01\x05", 5);
  EXPECT_EQ(verdictOf(verifyBytes(withStore(der))), "valid");
  const std::vector<std::string> claims = {kHidden,
                                           "hello",
                                           "",
                                           der + "x",
                                           der.substr(0, 4),
                                           std::string("\x31\x03\x02\x01\x05", 5),
                                           der + kHidden,
                                           "-----BEGIN CERTIFICATE-----",
                                           " " + der,
                                           std::string("\x30\x80\x02\x01\x05\x00\x00", 7),
                                           der + der,
                                           std::string(10, '\0')};
  for (const std::string& data : claims) attacks.emplace_back("store of " + data, withStore(data));
  expectNoneValid(attacks);
}

/// One object in two roles: what signing may overwrite, and what a key of the trailer or the
/// catalogue that nobody should read refers to as well.
TEST(ObjectInTwoRoles, IsNotExcusedByTheOneThatMayChange) {
  const std::string form = "<</Fields [] /SigFlags 0>>";
  const auto changed = [&](const std::string& catalogKeys, const std::string& trailerKeys) {
    const std::string before =
        updated(PlainPdf{}.bytes(),
                {{1, "<</Type /Catalog /Pages 2 0 R /AcroForm 30 0 R " + catalogKeys + ">>"},
                 {30, form},
                 {31, "<</Producer (x)>>"}},
                "/Root 1 0 R /Info 31 0 R " + trailerKeys);
    const std::string after = updated(before, {{30, "<</Fields [] /SigFlags 1>>"}},
                                      "/Root 1 0 R /Info 31 0 R " + trailerKeys);
    const PdfRevisions file(after);
    std::size_t budget = 1000;
    return compareStep(file, 0, {}, false, budget, nullptr).kind;
  };
  EXPECT_EQ(changed("", ""), RevisionChanges::Kind::permitted);
  EXPECT_EQ(changed("/FooBar 30 0 R", ""), RevisionChanges::Kind::forbidden);
  EXPECT_EQ(changed("/FooBar [<</A 30 0 R>>]", ""), RevisionChanges::Kind::forbidden);
  EXPECT_EQ(changed("", "/FooBar 30 0 R"), RevisionChanges::Kind::forbidden);
  EXPECT_EQ(changed("", "/FooBar <</A [30 0 R]>>"), RevisionChanges::Kind::forbidden);
}

}  // namespace
}  // namespace sohoa::test
