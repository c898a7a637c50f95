#include "tests/bench/documents.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "storage/text/text_folding.h"

namespace sohoa::bench {
namespace {

constexpr std::array<const char*, 20> kOnsets = {"b",  "c", "ch", "d",  "đ",  "g",  "h",
                                                 "kh", "l", "m",  "n",  "ng", "nh", "ph",
                                                 "s",  "t", "th", "tr", "v",  "x"};
constexpr const char* kRimes =
    "a à á ả ã ạ an àn án ản ãn ạn ương ường ướng ưởng ưỡng ượng uyên uyền uyến uyển uyễn uyện "
    "ăn ằn ắn ẳn ẵn ặn ât ấc ấp ập ật ất inh ình ính ỉnh ĩnh ịnh ông ồng ống ổng ỗng ộng "
    "ôi ồi ối ổi ỗi ội ê ề ế ể ễ ệ iêu iều iếu iểu iễu iệu ai ài ái ải ãi ại ơ ờ ớ ở ỡ ợ "
    "oa òa óa ỏa õa ọa u ù ú ủ ũ ụ ang àng áng ảng ãng ạng ay ày áy ảy ãy ạy "
    "ên ền ến ển ễn ện am àm ám ảm ãm ạm ưa ừa ứa ửa ữa ựa ích ịch iếc iệc uốc uộc";
constexpr const char* kSetPhrases =
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG\n"
    "QUYẾT ĐỊNH\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
    "Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;\n";
constexpr std::array<const char*, 4> kSubjects = {
    "Về việc thu hồi đất để thực hiện dự án", "Về việc cấp giấy chứng nhận quyền sử dụng đất cho",
    "Về việc cho phép chuyển mục đích sử dụng đất của",
    "Về việc phê duyệt báo cáo đánh giá tác động môi trường của"};
constexpr std::array<const char*, 8> kFamilies = {"Nguyễn", "Trần", "Lê",   "Phạm",
                                                  "Hoàng",  "Vũ",   "Đặng", "Bùi"};

class Words {
 public:
  Words() {
    std::istringstream rimes(kRimes);
    for (std::string rime; rimes >> rime;) {
      for (const char* onset : kOnsets) words_.push_back(onset + rime);
    }
    // In no order of spelling, so that a prefix has rare and common words.
    for (std::size_t i = words_.size(); i > 1; --i)
      std::swap(words_[i - 1], words_[scrambled(i) % i]);
    double sum = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      sum += 1 / std::pow(static_cast<double>(i + 3), 1.05);
      upTo_.push_back(sum);
    }
  }
  const std::string& any(std::uint64_t random) const {
    const double place = static_cast<double>(random >> 11) / 9007199254740992.0 * upTo_.back();
    return words_[static_cast<std::size_t>(std::lower_bound(upTo_.begin(), upTo_.end(), place) -
                                           upTo_.begin())];
  }

 private:
  std::vector<std::string> words_;
  std::vector<double> upTo_;
};

const Words& words() {
  static const Words all;
  return all;
}

std::uint64_t at(std::int64_t n, std::uint64_t what) {
  return scrambled(static_cast<std::uint64_t>(n) * 1024 + what);
}

std::string applicantOf(std::int64_t n) {
  return fmt::format("{} {} {}", kFamilies[at(n, 1) % kFamilies.size()], words().any(at(n, 2)),
                     words().any(at(n, 3)));
}
std::string numberOf(std::int64_t n) { return fmt::format("{}/QĐ-STNMT", n % 40000 + 1); }

Day later(Day day, int days) { return std::chrono::sys_days(day) + std::chrono::days(days); }

RegisterRow rowOf(std::int64_t n) {
  RegisterRow row;
  const auto day = static_cast<int>(n * kDays / 1'000'000 % kDays);
  row.receivedOn = later(std::chrono::year(2021) / 1 / 1, day);
  row.resolvedOn = later(row.receivedOn, 20);
  row.resultDate = row.resolvedOn;
  row.dossierCode =
      fmt::format("000.00.12.H46-{}-{:04}",
                  isoDay(row.receivedOn).substr(2, 2) + isoDay(row.receivedOn).substr(5, 2) +
                      isoDay(row.receivedOn).substr(8, 2),
                  n % 10000);
  row.procedureCode = fmt::format("1.{:06}", at(n, 4) % 120);
  row.procedureName = "Thủ tục " + row.procedureCode;
  row.unit = fmt::format("Chi nhánh số {}", at(n, 5) % kUnits + 1);
  row.medium = at(n, 6) % 3 == 0 ? "online" : "paper";
  row.applicant = applicantOf(n);
  row.resultNumber = numberOf(n);
  return row;
}

std::string textOf(std::int64_t n, const RegisterRow& row) {
  std::string text = kSetPhrases;
  text += fmt::format("Số: {}\n{} {}\n", row.resultNumber, kSubjects[at(n, 7) % kSubjects.size()],
                      row.applicant);
  for (std::uint64_t i = 0; i < 60; ++i)
    text += words().any(at(n, 20 + i)) + (i % 12 == 11 ? "\n" : " ");
  return text +
         fmt::format("thửa đất số {} tờ bản đồ số {}\n", at(n, 8) % 900 + 1, at(n, 9) % 80 + 1);
}

/// As typed by somebody in a hurry.
std::string plain(const std::string& words) {
  return words.find('"') == std::string::npos ? foldText(words) : "\"" + foldText(words) + "\"";
}

}  // namespace

std::uint64_t scrambled(std::uint64_t n) {  // splitmix64
  n += 0x9e3779b97f4a7c15;
  n = (n ^ (n >> 30)) * 0xbf58476d1ce4e5b9;
  n = (n ^ (n >> 27)) * 0x94d049bb133111eb;
  return n ^ (n >> 31);
}

Document documentOf(std::int64_t n) {
  Document made;
  DossierRecord& record = made.record;
  record.registered = rowOf(n);
  record.code = record.registered->dossierCode;
  record.batch = "bench";
  record.receivedAt = record.filedAt = *parseIsoTime("2024-01-05T18:00:00Z");
  record.counted = at(n, 10) % 20 != 0;
  record.originals = {{"001.jpg", 5, Sha512{}, 1, false, {}}};
  DocumentRecord document;
  document.code = record.code + "-KQ1";
  document.file = "documents/" + document.code + ".pdf";
  document.title =
      std::string(kSubjects[at(n, 7) % kSubjects.size()]) + " " + record.registered->applicant;
  document.verdict = "TOTAL-PASSED";
  document.pages.emplace_back();
  document.pages.front().number = document.pages.front().originalPage = 1;
  document.pages.front().original = "001.jpg";
  if (at(n, 11) % 500 == 0) {
    document.status.emplace();
    document.status->state = ResultState::withdrawn;
  }
  record.documents = {document};
  made.text = textOf(n, *record.registered);
  return made;
}

Question questionOf(std::int64_t n, std::int64_t documents) {
  const auto random = [&](std::uint64_t what) { return at(n + 7'000'000, what); };
  const auto some = static_cast<std::int64_t>(random(0) % static_cast<std::uint64_t>(documents));
  constexpr std::array<const char*, 6> kCommon = {"quyết định", "đất",        "việt nam",
                                                  "thu hồi",    "môi trường", "luật"};
  constexpr std::array<const char*, 4> kPhrases = {"\"thu hồi đất\"", "\"quyền sử dụng đất\"",
                                                   "\"tác động môi trường\"", "\"độc lập tự do\""};
  Question question;
  switch (n % 6) {
    case 0:
      question = {"rare", random(1) % 2 == 0 ? numberOf(some) : "\"" + applicantOf(some) + "\""};
      break;
    case 1:
      question = {"common", kCommon[random(1) % kCommon.size()]};
      break;
    case 2:
      question = {"phrase", kPhrases[random(1) % kPhrases.size()]};
      break;
    case 3: {
      constexpr std::array<const char*, 6> kBeginnings = {"ng*",   "quy*", "thu*",
                                                          "thươ*", "kh*",  "ho*"};
      return {"prefix", kBeginnings[random(1) % kBeginnings.size()]};
    }
    case 4:
      question = {"pair", words().any(random(1)) + " " + words().any(random(2))};
      break;
    default:
      question = {"unknown", random(1) % 2 == 0 ? "wxyz" : "đất wxyz"};
  }
  if (random(3) % 2 == 0) question.words = plain(question.words);
  return question;
}

}  // namespace sohoa::bench
