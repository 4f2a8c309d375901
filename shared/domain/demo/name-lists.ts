import { weighted } from './random.ts'

/** What invented names are made of. No list here comes from a register of people. */

const words = (text: string): string[] => text.trim().split(/\s+/)

/** Family names, about as frequent as in the census of 2015: parts in ten thousand. */
export const SURNAMES = weighted(
  words(`김2150 이1470 박840 정480 최470 조210 강235 윤205 장200 임165 한155 오152 서150 신148 권141 황138 안136 송137
    전110 홍112 유126 고94 문92 양93 손91 배86 백76 허65 노63 남55 심54 하46 주47 구43 곽40 성40 차39 우38 류60 진36
    민34 나32 엄29 지31 채26 원26 천24 방19 공18 현17 함15 변16 염13 여12 추11 도11 소10 석9 선8 설8 마7 길6 연6 위6
    표6 명5 기5 반5 왕5 금5 옥4 육4 인4 맹4 제4 모4 남궁4 황보2 선우1 제갈1 독고1`).map((entry) => {
    const [, name = '', weight = '1'] = /^(\D+)(\d+)$/.exec(entry) ?? []
    return [name, Number(weight)] as const
  })
)

interface GivenNames {
  readonly female: readonly string[]
  readonly male: readonly string[]
}

/** Every first syllable with every second, and the favourites of the time again. */
const combined = (first: string, second: string, favourites: string): string[] => {
  const seconds = [...second]
  const all = [...first].flatMap((head) => seconds.map((tail) => head + tail))
  return [...all, ...words(favourites).flatMap((name) => Array.from({ length: 8 }, () => name))]
}

/** Born about 1945 to 1969: grandparents who help. */
export const ELDER_NAMES: GivenNames = {
  female: combined(
    '영정순명미경옥말춘금',
    '자숙희순옥애례남선임',
    '영자 정숙 영숙 순자 명숙 정희 경숙 영희 미숙 순옥 정자 옥순 춘자 현숙 은숙'
  ),
  male: combined(
    '영정성종광상병용재기',
    '수호식철길환근배섭규',
    '영수 영호 정수 성호 영식 종수 광수 병철 상철 용수 재호 정호 성수 기철 영철'
  )
}

/** Born about 1970 to 2005: applicants and their spouses. */
export const PARENT_NAMES: GivenNames = {
  female: combined(
    '지은수민혜유소현미서예정선하보',
    '영정진민혜은지연희원빈경아현나',
    '지영 은정 수진 혜진 민정 지혜 은지 지은 민지 유진 수연 지현 소연 현정 미영 보람 아름 슬기 예진 다혜'
  ),
  male: combined(
    '지성민준동현상재정승태진영우경',
    '훈민수호현우혁석환욱준진규철원',
    '지훈 성민 민수 준호 동현 현우 상훈 재현 정훈 승현 태현 성호 진우 준혁 민준 한솔 민규 성진 종현 우진'
  )
}

/** Born since about 2006: children. */
export const CHILD_NAMES: GivenNames = {
  female: combined(
    '서지하아시유이예채다소수윤은나',
    '아윤유은연린서율원빈안현나인이',
    '이서 서아 하윤 지유 아윤 서윤 지안 하은 시아 아린 지아 유나 채원 하린 이나 리안 유주 봄 솔 별'
  ),
  male: combined(
    '도서이하시은지선유준우민건태윤',
    '윤준우호안원현율후진빈혁한찬결',
    '도윤 이준 하준 서준 시우 은우 지호 선우 유준 이안 도현 우주 로운 준우 건우 태오 하민 온 산 결'
  )
}

/** One-syllable given names: with a family name of one syllable, two letters in all. */
export const SHORT_NAMES = words('준 민 솔 현 진 훈 율 결 빈 혁 은 별 윤 찬 담 린 온 설')
/** Three-syllable given names of Korean words. */
export const LONG_NAMES = words('하늘빛 아름별 참솔이 가온빛 누리봄 새로미 은가람 늘푸른')

/** Names of foreign residents as their cards write them. */
export const FOREIGN_NAMES: GivenNames = {
  female: words(`NGUYEN·THI·LAN TRAN·THI·MAI LE·THI·HOA PHAM·NGOC·ANH CHEN·XIAOLI WANG·FANG LI·JING ZHANG·YAN
    SANTOS·MARIA REYES·ANGELICA DELA·CRUZ·JOY TANAKA·YUKI SATO·AYUMI KARIMOVA·DILNOZA PARK·OLGA TSOY·ELENA
    SOK·SREYMOM BATBAYAR·SARNAI SMITH·EMILY GARCIA·LAURA`).map((name) => name.replaceAll('·', ' ')),
  male: words(`NGUYEN·VAN·MINH TRAN·QUOC·BAO LE·DUC·ANH CHEN·WEI WANG·JUN LI·QIANG ZHANG·LEI SANTOS·JOSE REYES·MARK
    TANAKA·KENTA SATO·DAIKI KARIMOV·JASUR KIM·SERGEI TSOY·VIKTOR SOK·DARA BATBAYAR·TEMUUJIN SMITH·DANIEL
    GARCIA·PABLO MÜLLER·JONAS DUBOIS·THOMAS`).map((name) => name.replaceAll('·', ' '))
}
