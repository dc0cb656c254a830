// Emoji by their short names: the common ones. An unknown name stays as typed, ":like_this:".

const TABLE = `
smile 😄|smiley 😃|grinning 😀|grin 😁|laughing 😆|sweat_smile 😅|joy 😂|rofl 🤣|slightly_smiling_face 🙂|simple_smile 🙂|upside_down_face 🙃|wink 😉|blush 😊
innocent 😇|heart_eyes 😍|kissing_heart 😘|yum 😋|stuck_out_tongue 😛|thinking_face 🤔|thinking 🤔|neutral_face 😐|expressionless 😑|no_mouth 😶|smirk 😏|unamused 😒
face_with_rolling_eyes 🙄|grimacing 😬|relieved 😌|pensive 😔|sleepy 😪|sleeping 😴|mask 😷|sunglasses 😎|nerd_face 🤓|confused 😕|worried 😟|slightly_frowning_face 🙁
open_mouth 😮|astonished 😲|flushed 😳|cry 😢|sob 😭|scream 😱|weary 😩|tired_face 😫|rage 😡|angry 😠|exploding_head 🤯|partying_face 🥳|pleading_face 🥺|hugging_face 🤗
wave 👋|raised_hand ✋|hand ✋|ok_hand 👌|v ✌️|crossed_fingers 🤞|point_left 👈|point_right 👉|point_up 👆|point_up_2 👆|point_down 👇|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎
clap 👏|raised_hands 🙌|open_hands 👐|handshake 🤝|pray 🙏|muscle 💪|eyes 👀|brain 🧠|speaking_head_in_silhouette 🗣️|bust_in_silhouette 👤|busts_in_silhouette 👥|robot_face 🤖|robot 🤖
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|broken_heart 💔|100 💯|boom 💥|sparkles ✨|star ⭐|star2 🌟|zap ⚡|fire 🔥|tada 🎉|confetti_ball 🎊
balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|sports_medal 🏅|rocket 🚀|airplane ✈️|car 🚗|train 🚆|bike 🚲|house 🏠|office 🏢|hospital 🏥|school 🏫|earth_americas 🌎|earth_africa 🌍|earth_asia 🌏|globe_with_meridians 🌐
sunny ☀️|sun_with_face 🌞|sunrise 🌅|city_sunset 🌆|partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️|snowflake ❄️|rainbow 🌈|crescent_moon 🌙|full_moon 🌕|night_with_stars 🌃|palm_tree 🌴|deciduous_tree 🌳|seedling 🌱|herb 🌿
coffee ☕|tea 🍵|beer 🍺|beers 🍻|pizza 🍕|hamburger 🍔|apple 🍎|cake 🍰|birthday 🎂|fork_and_knife 🍴|sandwich 🥪
calendar 📅|date 📅|spiral_calendar_pad 🗓️|spiral_calendar 🗓️|clock1 🕐|clock2 🕑|clock3 🕒|clock4 🕓|clock5 🕔|clock6 🕕|clock7 🕖|clock8 🕗|clock9 🕘|clock10 🕙|clock11 🕚|clock12 🕛
alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|hourglass ⌛|hourglass_flowing_sand ⏳|watch ⌚|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|o ⭕|no_entry ⛔|no_entry_sign 🚫|warning ⚠️|exclamation ❗|heavy_exclamation_mark ❗|grey_exclamation ❕|bangbang ‼️
question ❓|grey_question ❔|information_source ℹ️|bulb 💡|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|key 🔑|link 🔗|paperclip 📎|pushpin 📌|round_pushpin 📍|triangular_flag_on_post 🚩|checkered_flag 🏁
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_forward ▶️|arrow_backward ◀️|fast_forward ⏩|rewind ⏪|arrows_counterclockwise 🔄|repeat 🔁|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|back 🔙|soon 🔜|new 🆕|free 🆓|ok 🆗
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|white_large_square ⬜|black_large_square ⬛|large_green_square 🟩
small_blue_diamond 🔹|small_orange_diamond 🔸|small_red_triangle 🔺|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|zero 0️⃣|heavy_plus_sign ➕|heavy_minus_sign ➖
phone ☎️|telephone ☎️|telephone_receiver 📞|iphone 📱|computer 💻|keyboard ⌨️|email ✉️|envelope ✉️|e-mail 📧|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|mailbox 📫|package 📦|camera 📷|video_camera 📹|movie_camera 🎥|tv 📺|microphone 🎤|studio_microphone 🎙️|headphones 🎧
memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄|bookmark_tabs 📑|file_folder 📁|open_file_folder 📂|books 📚|book 📖|notebook 📓|newspaper 📰|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|moneybag 💰|credit_card 💳|briefcase 💼
wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️|gear ⚙️|nut_and_bolt 🔩|wastebasket 🗑️|electric_plug 🔌|battery 🔋|bug 🐛|ant 🐜|dog 🐶|cat 🐱|unicorn_face 🦄|unicorn 🦄|bee 🐝|ghost 👻|skull 💀|poop 💩|hankey 💩|see_no_evil 🙈|crystal_ball 🔮
ambulance 🚑|rotating_light 🚨|sos 🆘|fire_engine 🚒|construction 🚧|umbrella ☂️|anchor ⚓|hotel 🏨|bed 🛏️|door 🚪|seat 💺|game_die 🎲|dart 🎯|soccer ⚽|art 🎨|musical_note 🎵|bell_hop 🛎️|bellhop_bell 🛎️|world_map 🗺️|recycle ♻️|infinity ♾️
`;

const NAMES = new Map(
  TABLE.trim().split(/[|\n]/).map((entry) => {
    const cut = entry.lastIndexOf(" ");
    return [entry.slice(0, cut), entry.slice(cut + 1)];
  }),
);

const TONES = ["", "", "🏻", "🏼", "🏽", "🏾", "🏿"];

/** The character of a short name ("tada", "+1", "wave::skin-tone-3"), or null. */
export function emoji(name) {
  const [base, tone] = name.split("::skin-tone-");
  const found = NAMES.get(base);
  return found ? found + (TONES[Number(tone)] ?? "") : null;
}

/** `[name, character]` of up to `limit` emoji whose name contains the words. */
export function findEmoji(words, limit = 8) {
  const wanted = words.toLowerCase();
  const starts = [];
  const holds = [];
  for (const [name, character] of NAMES) {
    if (name.startsWith(wanted)) starts.push([name, character]);
    else if (name.includes(wanted)) holds.push([name, character]);
  }
  return [...starts, ...holds].slice(0, limit);
}

/** The emoji offered first where a person reacts to a message. */
export const QUICK = ["+1", "white_check_mark", "eyes", "tada", "heart", "pray", "rocket", "smile"];

/** ":tada: done" with the known names replaced. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (whole, name) => emoji(name) ?? whole);
}
