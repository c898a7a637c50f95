#include "ocr/language/syllable.h"

#include <gtest/gtest.h>

#include <sstream>

namespace sohoa {
namespace {

constexpr const char* kLegal = R"(
ban biển bán bình bùi bảng bắc bốn cam chi chiếu chung chánh chín chăm chảy chậm chế chịu chứa
chữ các cát công cương cảnh cầu cột của diêm doanh dài dõi dưới dầu dụng ghi gianh giám giấy
giới gom gần gốc hai hiện hoang hoạch huy hàng hòa hôm hơn hướng hạn hấp hẹp họp hồng hợp khai
kho khoáng khác khép khương khử kiên kiện kính lan linh liễu loan luận làng lúc lược lấp lập
lớn lửng may miệng mét mưa mười mầm mọi mỗi mức nay nghiệm nghĩa nghỉ nguy nguồn ngăn ngọc nha
nhiệm nhà nhượng nhật niêm này nén năm nước nằm nội phan phong phân phí phó phúc phường phải
phố phụ qua quy quá quảng quỹ rắn rừng sao sinh sát sóc sơn sụt thanh thi thiểu thiệt thu thuật
thành tháng thân thông thường thảo thấy thắng thịnh thụ thức tin tiếp toàn tranh triệu tràm
trám trình trùng trương trưởng trạm trấn trắc trống trợ trực tuân tác tám tây tích tôm tùy tạm
tấn tập tịch tồn ven viết vuông vôi vĩnh vạn vật với xem xuân xây xảy yến ích đang điều đoan
đây đích đúng đưa đạc đạt đấu đặng đều đọc đồn độc đức ứng
quốc quyền quý quả quỳnh quỵt quạnh quét quặng quơ quăng quẩn gì gìn gió giếng giết giữa giường giấy gia giỏi
nghĩa nghề nghiệp ngành nguyễn nguyên ngoằn ngoèo khuỷu khuya khuếch tuyết tuyển tuyến uyển yên yêu yếu yết
kỷ kỵ lỵ tỵ mỹ hy ký thủy thuỷ hòa hoà hoạch hoài hoẵng xoong boong loét oan oai oanh ương ước ưu ướt
huỳnh huýt khuynh đoàn đường đột được ruộng rượu xuất xuân xuống phường phụng thửa thước trưởng trình
ích ếch ít ăn ấn ắt ôm ở ủy uỷ vườn vịnh chuyên chuyển chứng bưởi cuộc cưới hươu khoảng lũy
)";

constexpr const char* kIllegal = R"(
cê ci cyt kà kô ngi nge ghà ngha quyêtn tềch bàt càc đặpx hạcnh thôngg trưòửng nhànn xyz
wau fa jo zì hòá tờờ đăy âo êa ưo aư âă đơng eung ăi ăo ươnh bt nh th q chg pht mn
tat càp têc tẻt lợcc lòp ngỉch hảt kỏc vễt sừp ghẽt nhừc quyềt thuểc buỗt nguôn7 thưc
)";

TEST(Syllable, AcceptsLegalSyllables) {
  std::istringstream words(kLegal);
  int count = 0;
  for (std::string word; words >> word; ++count) EXPECT_TRUE(isLegalSyllable(word)) << word;
  EXPECT_GT(count, 300);
}

TEST(Syllable, RefusesIllegalSyllables) {
  std::istringstream words(kIllegal);
  int count = 0;
  for (std::string word; words >> word; ++count) EXPECT_FALSE(isLegalSyllable(word)) << word;
  EXPECT_GT(count, 50);
}

TEST(Syllable, DoesNotCareAboutCase) {
  EXPECT_TRUE(isLegalSyllable("QUYẾT"));
  EXPECT_TRUE(isLegalSyllable("Ủy"));
}

TEST(Syllable, TakesLettersApart) {
  const LetterParts letter = takeApart(U'Ệ');
  EXPECT_EQ(letter.base, U'ê');
  EXPECT_EQ(letter.tone, 5);
  EXPECT_TRUE(letter.upper);
  EXPECT_FALSE(takeApart(U'Ð').known) << "eth is not a Vietnamese letter";
}

TEST(Syllable, CodePointsRoundTrip) {
  const std::string text = "Điều 1. m² – “Tỵ”";
  EXPECT_EQ(toUtf8(toCodePoints(text)), text);
}

}  // namespace
}  // namespace sohoa
