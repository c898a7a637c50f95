#include "samples/texts/pools.h"

#include <glib.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <vector>

namespace sohoa::samples {
namespace {

struct District {
  std::string_view name;
  std::vector<std::string_view> communes;
};

const std::vector<District>& districts() {
  static const std::vector<District> all = {
      {"thành phố Đồng Hới",
       {"phường Bắc Lý", "phường Nam Lý", "phường Đồng Sơn", "phường Hải Thành", "phường Phú Hải",
        "xã Bảo Ninh", "xã Lộc Ninh", "xã Quang Phú", "xã Thuận Đức", "xã Đức Ninh"}},
      {"thị xã Ba Đồn",
       {"phường Ba Đồn", "phường Quảng Long", "phường Quảng Thọ", "phường Quảng Phúc",
        "xã Quảng Hải", "xã Quảng Hòa", "xã Quảng Minh", "xã Quảng Tiên", "xã Quảng Trung"}},
      {"huyện Bố Trạch",
       {"thị trấn Hoàn Lão", "thị trấn Phong Nha", "xã Đại Trạch", "xã Hải Phú", "xã Cự Nẫm",
        "xã Phú Định", "xã Thanh Trạch", "xã Nhân Trạch", "xã Lý Trạch", "xã Hưng Trạch"}},
      {"huyện Lệ Thủy",
       {"thị trấn Kiến Giang", "thị trấn Nông trường Lệ Ninh", "xã Cam Thủy", "xã Ngư Thủy Bắc",
        "xã Phong Thủy", "xã Trường Thủy", "xã Mỹ Thủy", "xã Kim Thủy", "xã Hồng Thủy"}},
      {"huyện Quảng Ninh",
       {"thị trấn Quán Hàu", "xã Gia Ninh", "xã Hải Ninh", "xã Võ Ninh", "xã Vĩnh Ninh",
        "xã Trường Xuân", "xã Hiền Ninh", "xã Lương Ninh", "xã Vạn Ninh"}},
      {"huyện Quảng Trạch",
       {"xã Quảng Đông", "xã Quảng Phú", "xã Cảnh Dương", "xã Quảng Xuân", "xã Quảng Hưng",
        "xã Quảng Lưu", "xã Phù Hóa", "xã Cảnh Hóa", "xã Quảng Tùng"}},
      {"huyện Tuyên Hóa",
       {"thị trấn Đồng Lê", "xã Tiến Hóa", "xã Văn Hóa", "xã Mai Hóa", "xã Phong Hóa",
        "xã Thạch Hóa", "xã Đức Hóa", "xã Châu Hóa", "xã Kim Hóa"}},
      {"huyện Minh Hóa",
       {"thị trấn Quy Đạt", "xã Hóa Hợp", "xã Yên Hóa", "xã Minh Hóa", "xã Tân Hóa", "xã Hồng Hóa",
        "xã Xuân Hóa", "xã Trung Hóa"}}};
  return all;
}

constexpr std::array<std::string_view, 28> kVillages = {
    "Phúc Tự",   "Trung Bính", "Hà Dương",   "Sa Động",  "Đông Dương", "Thuận Phong",  "Tây Phú",
    "Diêm Điền", "Mỹ Cương",   "Nam Sơn",    "Vĩnh Phú", "Xuân Bồ",    "Thượng Phong", "Tiền Thiệp",
    "Đại Hữu",   "Hòa Bình",   "Tân Thuận",  "Phú Lộc",  "Thọ Lộc",    "Khương Hà",    "Cổ Giang",
    "Lệ Kỳ",     "Quyết Tiến", "Thống Nhất", "Minh Lệ",  "Nhân Hải",   "Bắc Hòa",      "Đức Giang"};

constexpr std::array<std::string_view, 24> kFamilyNames = {
    "Nguyễn", "Trần", "Lê",     "Phạm", "Hoàng", "Phan", "Võ",  "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương",  "Lý",   "Trương", "Đinh", "Mai",   "Cao",  "Lưu", "Đoàn", "Hà",  "Tạ", "Từ", "Thái"};
constexpr std::array<std::string_view, 14> kMiddleMen = {"Văn",   "Đức",  "Quốc",  "Minh", "Hữu",
                                                         "Xuân",  "Ngọc", "Thanh", "Công", "Đình",
                                                         "Quang", "Bá",   "Trọng", "Viết"};
constexpr std::array<std::string_view, 9> kMiddleWomen = {
    "Thị", "Thị Thu", "Thị Kim", "Thị Bích", "Thị Hồng", "Ngọc", "Thị Mỹ", "Thị Lệ", "Thị Phương"};
constexpr std::array<std::string_view, 26> kMen = {
    "Hùng", "Dũng",  "Tuấn",  "Thắng", "Cường", "Hải",  "Sơn",    "Bình", "Long",
    "Tỵ",   "Khánh", "Phúc",  "Quân",  "Thịnh", "Tùng", "Vượng",  "Đạt",  "Giang",
    "Hiếu", "Kỷ",    "Lượng", "Nghĩa", "Quý",   "Tiến", "Trường", "Việt"};
constexpr std::array<std::string_view, 20> kWomen = {
    "Hoa",   "Lan", "Hương", "Nga",   "Thủy", "Hằng",  "Loan", "Yến", "Tuyết", "Phượng",
    "Nhung", "Vân", "Diệu",  "Quỳnh", "Thảo", "Trang", "Hiền", "Mỵ",  "Liễu",  "Oanh"};

constexpr std::array<std::string_view, 12> kCompanyKinds = {"Công ty TNHH",
                                                            "Công ty Cổ phần",
                                                            "Công ty TNHH Một thành viên",
                                                            "Công ty Cổ phần Đầu tư",
                                                            "Công ty TNHH Xây dựng",
                                                            "Công ty Cổ phần Chế biến thủy sản",
                                                            "Hợp tác xã",
                                                            "Công ty TNHH Thương mại và Dịch vụ",
                                                            "Công ty Cổ phần Vật liệu xây dựng",
                                                            "Công ty TNHH Sản xuất gỗ",
                                                            "Doanh nghiệp tư nhân",
                                                            "Công ty Cổ phần Khoáng sản"};
constexpr std::array<std::string_view, 22> kCompanyNames = {"Hoàng Huy Toàn Cầu",
                                                            "Trường Thịnh Phát",
                                                            "Thanh Hà",
                                                            "Nhật Lệ Xanh",
                                                            "Phong Nha Bắc Sơn",
                                                            "Đại Phát Miền Trung",
                                                            "Sông Gianh",
                                                            "Linh Giang",
                                                            "Hải Thành Lợi",
                                                            "Thiên Phú Quảng Bình",
                                                            "Minh Khang",
                                                            "Vạn Xuân Ninh",
                                                            "Tiến Đạt Ba Đồn",
                                                            "Lộc Ninh",
                                                            "Thịnh Vượng 68",
                                                            "Bình Minh Xanh",
                                                            "Cự Nẫm",
                                                            "Thuận Đức",
                                                            "Trường Sơn Tây",
                                                            "An Bình Lệ Thủy",
                                                            "Quang Vinh",
                                                            "Hồng Đức"};
constexpr std::array<std::string_view, 24> kProjects = {
    "Khai thác cát làm vật liệu xây dựng thông thường tại bãi bồi sông Gianh",
    "Trang trại chăn nuôi lợn nái sinh sản theo mô hình khép kín",
    "Nhà máy chế biến viên nén năng lượng từ phụ phẩm gỗ rừng trồng",
    "Khu nghỉ dưỡng sinh thái ven biển",
    "Nhà máy sản xuất gạch không nung công suất 20 triệu viên/năm",
    "Khu dân cư phía Đông đường Quốc lộ 1",
    "Cửa hàng kinh doanh xăng dầu kết hợp dịch vụ thương mại",
    "Mở rộng mỏ đá vôi làm vật liệu xây dựng thông thường",
    "Nhà máy xử lý rác thải sinh hoạt và sản xuất phân vi sinh",
    "Hệ thống cấp nước sinh hoạt liên xã",
    "Trung tâm đăng kiểm xe cơ giới và dịch vụ vận tải",
    "Nhà máy may xuất khẩu số 2",
    "Kho bảo quản và sơ chế nông sản",
    "Nuôi tôm trên cát ứng dụng công nghệ cao",
    "Bến thủy nội địa và bãi tập kết vật liệu",
    "Hạ tầng kỹ thuật cụm công nghiệp làng nghề",
    "Nâng cấp tuyến đường liên thôn và hệ thống thoát nước",
    "Trạm trộn bê tông thương phẩm",
    "Cơ sở giết mổ gia súc, gia cầm tập trung",
    "Nhà máy chế biến tinh bột sắn",
    "Trường Mầm non Hoa Sen (cơ sở 2)",
    "Phòng khám đa khoa tư nhân",
    "Khu khai thác đất san lấp phục vụ các công trình trọng điểm",
    "Khách sạn và trung tâm tổ chức sự kiện"};

constexpr std::array<std::string_view, 10> kDigits = {"không", "một", "hai", "ba",  "bốn",
                                                      "năm",   "sáu", "bảy", "tám", "chín"};

std::string tripleInWords(int value, bool full) {
  std::string words;
  const auto add = [&words](std::string_view word) {
    words += words.empty() ? "" : " ";
    words += word;
  };
  const int hundreds = value / 100;
  const int tens = value / 10 % 10;
  const int ones = value % 10;
  if (full || hundreds > 0) {
    add(kDigits[static_cast<std::size_t>(hundreds)]);
    add("trăm");
  }
  if (tens > 1) {
    add(kDigits[static_cast<std::size_t>(tens)]);
    add("mươi");
  } else if (tens == 1) {
    add("mười");
  } else if (ones > 0 && !words.empty()) {
    add("linh");
  }
  if (ones == 1 && tens > 1) {
    add("mốt");
  } else if (ones == 5 && tens > 0) {
    add("lăm");
  } else if (ones > 0) {
    add(kDigits[static_cast<std::size_t>(ones)]);
  }
  return words;
}

}  // namespace

std::string twoDigits(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string Date::iso() const {
  return std::to_string(year) + "-" + twoDigits(month) + "-" + twoDigits(day);
}

std::string Date::slash() const {
  return twoDigits(day) + "/" + (month < 3 ? twoDigits(month) : std::to_string(month)) + "/" +
         std::to_string(year);
}

std::string Date::compact() const {
  return twoDigits(year % 100) + twoDigits(month) + twoDigits(day);
}

Date Date::plus(int days) const {
  using namespace std::chrono;
  const sys_days start{std::chrono::year{year} / month / day};
  const year_month_day moved{start + std::chrono::days{days}};
  return {static_cast<int>(moved.year()), static_cast<int>(static_cast<unsigned>(moved.month())),
          static_cast<int>(static_cast<unsigned>(moved.day()))};
}

Date Date::parse(const std::string& iso) {
  return {std::stoi(iso.substr(0, 4)), std::stoi(iso.substr(5, 2)), std::stoi(iso.substr(8, 2))};
}

Place drawPlace(Random& random) {
  const District& district = random.pick(districts());
  Place place;
  place.district = district.name;
  place.commune = random.pick(district.communes);
  const bool town = place.commune.rfind("phường", 0) == 0 || place.commune.rfind("thị", 0) == 0;
  place.village = (town ? "tổ dân phố " : "thôn ") + std::string(random.pick(kVillages));
  return place;
}

Person drawPerson(Random& random) {
  Person person;
  person.woman = random.chance(0.35);
  person.name = std::string(random.pick(kFamilyNames)) + " ";
  if (person.woman) {
    person.name += std::string(random.pick(kMiddleWomen)) + " " + std::string(random.pick(kWomen));
  } else {
    person.name += std::string(random.pick(kMiddleMen)) + " " + std::string(random.pick(kMen));
  }
  return person;
}

std::string drawCompany(Random& random) {
  return std::string(random.pick(kCompanyKinds)) + " " + std::string(random.pick(kCompanyNames));
}

std::string drawProject(Random& random) { return std::string(random.pick(kProjects)); }

Date drawDate(Random& random, int firstMonth, int lastMonth) {
  Date date{2021, random.integer(firstMonth, lastMonth), random.integer(1, 28)};
  const std::chrono::sys_days day{std::chrono::year{date.year} / date.month / date.day};
  const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
  return weekday > 5 ? date.plus(weekday == 6 ? -1 : 1) : date;
}

std::string vietnameseNumber(double value, int decimals) {
  const auto scale = static_cast<long long>(std::llround(std::pow(10.0, decimals)));
  const long long scaled = std::llround(value * static_cast<double>(scale));
  std::string whole = std::to_string(scaled / scale);
  for (int at = static_cast<int>(whole.size()) - 3; at > 0; at -= 3) {
    whole.insert(static_cast<std::size_t>(at), ".");
  }
  if (decimals == 0) {
    return whole;
  }
  std::string part = std::to_string(scaled % scale);
  part.insert(0, static_cast<std::size_t>(decimals) - part.size(), '0');
  return whole + "," + part;
}

std::string numberInWords(int value) {
  const int thousands = value / 1000;
  const int rest = value % 1000;
  if (thousands == 0) {
    return tripleInWords(rest, false);
  }
  std::string words = tripleInWords(thousands, false) + " nghìn";
  return rest == 0 ? words : words + " " + tripleInWords(rest, true);
}

std::string capitalised(const std::string& text) {
  const char* const rest = g_utf8_next_char(text.c_str());
  gchar* const first = g_utf8_strup(text.c_str(), rest - text.c_str());
  std::string result = std::string(first) + rest;
  g_free(first);
  return result;
}

std::string upperCase(const std::string& text) {
  gchar* const upper = g_utf8_strup(text.c_str(), static_cast<gssize>(text.size()));
  std::string result = upper;
  g_free(upper);
  return result;
}

}  // namespace sohoa::samples
