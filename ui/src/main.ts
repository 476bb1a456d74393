// The first line the window runs: styles, then the application into its place.
import { mount } from 'svelte'
import App from './App.svelte'
import './style/fonts.css'
import './style/tokens.css'
import './style/parts.css'

const place = document.getElementById('app')
if (!place) throw new Error('index.html has no element #app')
export default mount(App, { target: place })
